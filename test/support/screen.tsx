import { renderToString } from 'ink';
import { App } from '../../components/App.tsx';
import { type Keys, KeysContext } from '../../components/hooks/useKeys.ts';
import { StoreContext } from '../../components/hooks/useModel.ts';
import { keepSizes } from '../../components/wishes.ts';
import type { Store } from '../../src/state/store.ts';

const someKeys: Keys = {
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
				{ keys: 'j ↓', says: 'Down' },
				{ keys: 'k ↑', says: 'Up, stops following' },
				{ keys: 'g', says: 'Oldest' },
				{ keys: 'G', says: 'Newest, follow' },
			],
		},
		{
			title: 'filter',
			entries: [
				{ keys: '/', says: 'Filter, with live preview' },
				{ keys: '+', says: 'Only this value' },
				{ keys: '-', says: 'Not this value' },
			],
		},
		{
			title: 'inspect',
			entries: [
				{ keys: '⏎ d', says: 'Open' },
				{ keys: 'v', says: 'Next view' },
			],
		},
		{
			title: 'console',
			entries: [
				{ keys: ':', says: 'Commands' },
				{ keys: 'q', says: 'Quit' },
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
	return text;
}
