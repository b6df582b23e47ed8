import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { open, type Screen } from '../components/open.tsx';
import { offers } from '../src/commands/registry.ts';
import { systemClock } from '../src/core/clock.ts';
import type { Stroke } from '../src/core/stroke.ts';
import { keyboardOf } from '../src/keys/keyboard.ts';
import { type Listener, listen } from '../src/keys/listen.ts';
import { loadKeymap } from '../src/keys/load.ts';
import { screenKeys } from '../src/keys/screen-keys.ts';
import { startModel } from '../src/state/start.ts';
import { newStore, type Store } from '../src/state/store.ts';
import { keyToken } from '../test/support/a-keyboard.ts';
import { aBusAndEngine, type BusAndEngine } from './a-bus.ts';
import { atMost, type Figure, median, ms, p99, timed } from './harness.ts';
import { openPlainList } from './plain-list.tsx';

const events = 1_000_000;
const rate = 20_000;
const size = { columns: 120, rows: 40 };
/** What a person does in turn: a filter letter by letter, away with it, through the pages, to both ends. */
const strokes: readonly Stroke[] = [
	'/',
	'd',
	'o',
	'w',
	'n',
	'esc',
	'pgup',
	'pgup',
	'home',
	'pgdn',
	'G',
	'\\',
	'\\',
];
const rounds = 12;
/** Between two keys; a held key repeats about so fast. */
const restMs = 40;

/** A key until the list it asks for is written, with a full buffer and a busy bus, against a plain list of 1,000. */
export const keys: Figure = {
	name: 'keys',
	says: `a key until its list is written, ${events.toLocaleString('en')} events held and ${rate.toLocaleString('en')} a second arriving, against an idle plain Ink list of 1,000`,
	goal: 'p99 ≤ that of the plain list',
	async measure() {
		const [ours, other] = [await onConsole(), await onPlainList()];
		return [
			{
				...row(`p99 of ${ours.length} keys`, p99(ours), p99(other)),
				verdict: atMost(1, p99(ours) / p99(other)),
			},
			row('median', median(ours), median(other)),
		];
	},
};

function row(what: string, ours: number, other: number) {
	return { what, ours: ms(ours), other: ms(other), ratio: `${(ours / other).toFixed(2)}×` };
}

async function onConsole(): Promise<readonly number[]> {
	const bus = await aBusAndEngine(events, rate);
	const { store, listener, screen } = aConsole(bus);
	try {
		bus.go();
		await bus.until('window', ({ held, isComplete }) => isComplete && held > events * 0.9);
		const times: number[] = [];
		for (let at = 0; at < rounds * strokes.length; at++) {
			await pause(restMs);
			times.push(
				await timed(() => press(strokes[at % strokes.length] ?? '', store, listener, screen)),
			);
		}
		return times;
	} finally {
		screen.unmount();
		listener.stop();
		await bus.end();
	}
}

/** The console as its verb wires it, on a terminal that takes everything at once. */
function aConsole(bus: BusAndEngine) {
	const keymap = loadKeymap();
	const identity = { operator: 'bench', host: 'bench', isReadOnly: true, isOnly: false };
	const model = startModel({ now: systemClock.now(), size, identity, offers, filter: '' });
	const store = newStore(model, (effect) => {
		if (effect.type === 'engine') bus.engine.send(effect.message);
	});
	const listener = listen(keyboardOf(keymap), store, systemClock);
	const screen = open({
		store,
		keys: screenKeys(keymap),
		theme: 'dark',
		isAscii: false,
		clock: systemClock,
		stdout: aTerminal(),
	});
	bus.listen(store.dispatch);
	return { store, listener, screen };
}

/** Resolves when the window that the key asks for has come and is written. */
async function press(
	stroke: Stroke,
	store: Store,
	listener: Listener,
	screen: Screen,
): Promise<void> {
	listener.hear({ ...keyToken(stroke), at: systemClock.now() });
	if (!isShown(store)) {
		await new Promise<void>((resolve) => {
			const stop = store.subscribe(() => {
				if (!isShown(store)) return;
				stop();
				resolve();
			});
		});
	}
	await screen.waitUntilFlush();
}

function isShown(store: Store): boolean {
	const { view, window, pending } = store.getModel().list;
	return window?.view === view && pending === 0;
}

async function onPlainList(): Promise<readonly number[]> {
	const list = openPlainList(1000, aTerminal());
	const times: number[] = [];
	for (let at = 0; at < rounds * strokes.length; at++) {
		await pause(restMs);
		times.push(await timed(() => list.select(at % 1000)));
	}
	list.close();
	return times;
}

/** A terminal that takes all that is written to it. */
function aTerminal(): NodeJS.WriteStream {
	const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
	return Object.assign(sink, { isTTY: true, ...size }) as unknown as NodeJS.WriteStream;
}
