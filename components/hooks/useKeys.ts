import { createContext, useContext } from 'react';
import type { ScreenKeys } from '../../src/keys/screen-keys.ts';

export const KeysContext = createContext<ScreenKeys | undefined>(undefined);

/** What the keymap says to the screen. */
export function useKeys(): ScreenKeys {
	const keys = useContext(KeysContext);
	if (keys === undefined) throw new Error('a panel stands outside the keymap');
	return keys;
}

/** The keys of a command, as a person writes them; nothing where no command is meant. */
export function useKeysOf(command: string | undefined): string {
	const keys = useKeys();
	return command === undefined ? '' : keys.of(command);
}
