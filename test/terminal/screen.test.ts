import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { open, type Screen } from '../../components/open.tsx';
import { TerminalOutput } from '../../components/terminal/terminal-output.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { EventRow } from '../../src/core/session.ts';
import type { Store } from '../../src/state/store.ts';
import { aWindow, storyStore } from '../support/a-story.ts';
import { type Cell, Emulator } from '../support/emulator.ts';
import { hostileStrings } from '../support/hostile.ts';
import { anEvent } from '../support/rows.ts';
import { shippedKeys } from '../support/screen.tsx';

type Size = { readonly columns: number; readonly rows: number };

const sizes: readonly Size[] = [
	{ columns: 60, rows: 16 },
	{ columns: 80, rows: 24 },
	{ columns: 140, rows: 40 },
];
const corpus = hostileStrings();

/** The whole way: the console's screen, Ink, the filter behind it, and a terminal. */
class Stage {
	readonly emulator: Emulator;
	readonly output: TerminalOutput;
	readonly store: Store;
	readonly screen: Screen;
	readonly size: Size;
	readonly #terminal: Writable;
	#seq = 100;

	constructor(size: Size, keys = shippedKeys) {
		this.size = size;
		this.emulator = new Emulator({ ...size, unicode: '15-graphemes' });
		const { emulator } = this;
		this.#terminal = new Writable({
			decodeStrings: false,
			write: (text: string, _, done) => void emulator.write(text).then(() => done()),
		});
		this.output = new TerminalOutput(
			Object.assign(this.#terminal, { isTTY: true, ...size }),
			systemClock,
		);
		this.store = storyStore(size);
		this.screen = open({
			store: this.store,
			keys,
			theme: 'dark',
			isAscii: false,
			clock: systemClock,
			stdout: this.output,
		});
	}

	/** Draws these rows, each as one never seen before, and answers all cells of the screen. */
	async draws(rows: readonly EventRow[]): Promise<readonly (readonly Cell[])[]> {
		this.store.dispatch(aWindow({ rows: rows.map((row) => ({ ...row, seq: ++this.#seq })) }));
		await this.screen.waitUntilFlush();
		await new Promise((resolve) => this.#terminal.write('', resolve));
		return Array.from({ length: this.size.rows }, (_, row) => this.emulator.row(row));
	}

	isUnharmed(what: string): void {
		assert.deepEqual(this.emulator.deeds, [], what);
		assert.equal(this.output.violations, 0, what);
	}
}

/** Fills whatever place it is given: where it stands is the place. */
const filler = '#'.repeat(4096);
/** Each place of a row where a sender's words can stand alone, and from how many columns on there is one. */
const places = [
	['tag', 60, (text: string) => anEvent({ tag: text, facts: { summary: '' } })],
	['summary', 60, (text: string) => anEvent({ tag: '', facts: { summary: text } })],
	['who', 80, (text: string) => anEvent({ facts: { who: text } })],
] as const;

for (const size of sizes) {
	test(`at ${size.columns}×${size.rows} a hostile row changes no cell but its own`, async () => {
		const stage = new Stage(size);
		for (const [place, fromColumns, rowSaying] of places) {
			if (size.columns >= fromColumns) await changesNothingElse(stage, place, rowSaying);
		}
		stage.screen.unmount();
	});
}

/** Draws the corpus in this place, as many at once as the list has rows. */
async function changesNothingElse(
	stage: Stage,
	place: string,
	rowSaying: (text: string) => EventRow,
): Promise<void> {
	const height = stage.size.rows - 8;
	const rowsOf = (texts: readonly string[]) =>
		Array.from({ length: height }, (_, at) => rowSaying(texts[at] || '-'));
	await stage.draws(rowsOf([]));
	const baseline = await stage.draws(rowsOf(Array(height).fill(filler)));
	const state = stage.emulator.state();
	assert.equal(baseline.filter((row) => placeIn(row)[1] > 0).length, height);
	for (let first = 0; first < corpus.length; first += height) {
		const batch = corpus.slice(first, first + height);
		const what = `${place}: ${batch.map(({ name }) => name).join(' ')}`;
		const cells = await stage.draws(rowsOf(batch.map(({ text }) => text)));
		stage.isUnharmed(what);
		assert.deepEqual(stage.emulator.state(), state, what);
		for (const [row, before] of baseline.entries()) isOnlyInPlace(cells[row] ?? [], before, what);
	}
}

/** Outside the place every cell is as before; within it only our marks have a look of their own. */
function isOnlyInPlace(now: readonly Cell[], before: readonly Cell[], what: string): void {
	const [start, end] = placeIn(before);
	assert.deepEqual(now.slice(0, start), before.slice(0, start), what);
	assert.deepEqual(now.slice(end), before.slice(end), what);
	const place = now.slice(start, end);
	assert.ok(new Set(place.map(({ look }) => look)).size <= 1, what);
	const [ours, theirs] = [true, false].map((isOurs) =>
		place.filter(({ isUnderlined }) => isUnderlined === isOurs).map(({ characters }) => characters),
	);
	assert.match(ours?.join('') ?? '', /^(?:▲|[\u2400-\u2426](?:×\d+)?|⟨[^⟩]*⟩|…\+\d+)*$/, what);
	assert.doesNotMatch(theirs?.join('') ?? '', /[\u2400-\u2426⟨⟩]/, what);
}

/** The columns the filler takes in a row, with the mark of its cut: `####…+4060`. */
function placeIn(row: readonly Cell[]): [number, number] {
	const found = /#+(?:…\+\d+)?/.exec(row.map(({ characters }) => characters || ' ').join(''));
	return found ? [found.index, found.index + found[0].length] : [0, 0];
}

test('an error in drawing ends the screen with its reason, and gives the terminal back', async () => {
	const stage = new Stage(sizes[1] ?? { columns: 80, rows: 24 }, {
		...shippedKeys,
		hints: () => {
			throw new Error('no hints');
		},
	});
	await assert.rejects(stage.screen.waitUntilExit(), /no hints/);
	assert.equal(stage.emulator.state()['type'], 'normal');
	stage.isUnharmed('error');
});
