/** All that is used of it: a bundle leaves out the rest, which takes most of the time that loading it takes. */
export { KubeConfig } from '@kubernetes/client-node';
