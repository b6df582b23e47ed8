import { schedulableAction } from './k8s-schedulable.ts';

/** Closes a node to new pods; those on it stay. */
export const k8sCordonNode = schedulableAction({
	verb: 'cordon',
	inverse: 'uncordon',
	title: 'Cordon a node',
	says: 'close the node to new pods',
	letter: 'c',
});
