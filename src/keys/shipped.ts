import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Keymap } from './keymap.ts';
import { readKeymap } from './read-keymap.ts';

/** A keymap, or a difference, of those in `keymaps`. The bundle holds what this returns: see scripts/build.js. */
export function shippedKeymap(name: string): Keymap {
	const path = fileURLToPath(import.meta.resolve(`#keymaps/${name}.yaml`));
	return readKeymap(readFileSync(path, 'utf8'), `keymaps/${name}.yaml`);
}
