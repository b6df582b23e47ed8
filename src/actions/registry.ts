export { hostLockdown } from './host-lockdown.ts';
export { hostUnlock } from './host-unlock.ts';
export { k8sIsolatePod } from './k8s-isolate-pod.ts';
export { k8sReleasePod } from './k8s-release-pod.ts';
