import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { App } from '../../components/App.tsx';
import { type Keys, KeysContext } from '../../components/hooks/useKeys.ts';
import { StoreContext } from '../../components/hooks/useModel.ts';
import { keepSizes } from '../../components/wishes.ts';
import type { Store } from '../../src/state/store.ts';

export const someKeys: Keys = {
	of: (command) =>
		({
			'filter.open': '/',
			'list.follow': 'G or space',
			'filter.toggle': '\\',
			'overlay.close': 'Esc',
			'fire.send': 'a',
		})[command] ?? '?',
	hints: () => [
		{ keys: 'j k', says: 'move', isBlocked: false },
		{ keys: '⏎', says: 'open', isBlocked: false },
		{ keys: '/', says: 'filter', isBlocked: false },
		{ keys: '+ -', says: 'only, not', isBlocked: false },
		{ keys: 'space', says: 'pause', isBlocked: false },
		{ keys: 'e', says: 'next error', isBlocked: true },
		{ keys: 'p', says: 'publish…', isBlocked: false },
		{ keys: ':', says: 'commands', isBlocked: false },
		{ keys: '?', says: 'help', isBlocked: false },
		{ keys: 'q', says: 'quit', isBlocked: false },
	],
	help: () => [
		{
			title: 'move',
			entries: [
				{ keys: 'j ↓', says: 'Down', isPicked: false, isBlocked: false },
				{ keys: 'k ↑', says: 'Up, stops following', isPicked: false, isBlocked: false },
				{ keys: 'g', says: 'Oldest', isPicked: false, isBlocked: false },
				{ keys: 'G', says: 'Newest, follow', isPicked: false, isBlocked: false },
			],
		},
		{
			title: 'filter',
			entries: [
				{ keys: '/', says: 'Filter, with live preview', isPicked: false, isBlocked: false },
				{ keys: '+', says: 'Only this value', isPicked: false, isBlocked: false },
				{ keys: '-', says: 'Not this value', isPicked: false, isBlocked: false },
			],
		},
		{
			title: 'inspect',
			entries: [
				{ keys: '⏎ d', says: 'Open', isPicked: false, isBlocked: false },
				{ keys: 'v', says: 'Next view', isPicked: false, isBlocked: false },
			],
		},
		{
			title: 'console',
			entries: [
				{ keys: ':', says: 'Commands', isPicked: false, isBlocked: false },
				{ keys: 'q', says: 'Quit', isPicked: false, isBlocked: false },
			],
		},
	],
};

/** The screen a store's model makes, as text without colour. */
export function frame(store: Store): string {
	const end = keepSizes(store);
	const { columns } = store.getModel().size;
	const text = renderToString(
		<KeysContext value={someKeys}>
			<StoreContext value={store}>
				<App caption="" />
			</StoreContext>
		</KeysContext>,
		{ columns },
	);
	end();
	return stripVTControlCharacters(text).replace(/ +$/gm, '');
}
