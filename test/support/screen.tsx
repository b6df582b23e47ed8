import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { App } from '../../components/App.tsx';
import { KeysContext } from '../../components/hooks/useKeys.ts';
import { StoreContext } from '../../components/hooks/useModel.ts';
import { loadKeymap } from '../../src/keys/load.ts';
import { screenKeys } from '../../src/keys/screen-keys.ts';
import type { Store } from '../../src/state/store.ts';

/** What the shipped keymap says. */
export const shippedKeys = screenKeys(loadKeymap());

/** The screen a store's model makes, as text without colour, blanks at the ends of lines cut off. */
export function frame(store: Store): string {
	const { columns } = store.getModel().size;
	const text = renderToString(
		<KeysContext value={shippedKeys}>
			<StoreContext value={store}>
				<App caption="" />
			</StoreContext>
		</KeysContext>,
		{ columns },
	);
	return stripVTControlCharacters(text).replace(/ +$/gm, '');
}
