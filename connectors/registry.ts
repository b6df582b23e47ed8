/** Every kind of source; the export is the registration. */
export { falco } from './falco.ts';
export { lines } from './lines.ts';
export { replay } from './replay.ts';
export { salt } from './salt.ts';
