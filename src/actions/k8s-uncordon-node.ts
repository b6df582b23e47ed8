import { schedulableAction } from './k8s-schedulable.ts';

/** Opens a cordoned node again. */
export const k8sUncordonNode = schedulableAction({
	verb: 'uncordon',
	inverse: 'cordon',
	title: 'Uncordon a node',
	says: 'open the node to new pods again',
});
