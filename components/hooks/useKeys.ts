import { createContext, useContext } from 'react';
import type { Hint } from '../../src/present/footer.ts';
import type { HelpGroup } from '../../src/present/help-lines.ts';
import type { Model } from '../../src/state/model.ts';

/** What the keymap says to the screen. */
export type Keys = {
	/** The keys of a command, as a person writes them. */
	of(command: string): string;
	/** What the keys do now, the most useful first; the last one leaves. */
	hints(model: Model): readonly Hint[];
	/** All keys that count now, by context. */
	help(model: Model): readonly HelpGroup[];
};

export const KeysContext = createContext<Keys>({ of: () => '', hints: () => [], help: () => [] });

export function useKeys(): Keys {
	return useContext(KeysContext);
}

export function useKeysOf(command: string | undefined): string {
	const keys = useKeys();
	return command === undefined ? '' : keys.of(command);
}
