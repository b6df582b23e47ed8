/** Every format; one file and one line here add one. */
export { falco } from './falco.ts';
export { json } from './json.ts';
export { salt } from './salt.ts';
export { text } from './text.ts';
