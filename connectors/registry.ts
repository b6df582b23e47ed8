/** Every kind of source; the export is the registration. */
export { falco } from './falco.ts';
export { lines } from './lines.ts';
export { nats, tls } from './nats.ts';
export { replay } from './replay.ts';
export { salt } from './salt.ts';
export { zeromq } from './zeromq.ts';
