import { commands } from '../commands/registry.ts';
import type { Keymap } from './keymap.ts';
import type { Keyboard } from './press.ts';
import { screenKeys } from './screen-keys.ts';

/** A keymap with all commands behind it. */
export function keyboardOf(keymap: Keymap): Keyboard {
	const { helped } = screenKeys(keymap);
	return { keymap, desk: { commands, helped } };
}
