import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AllowList } from '../../components/terminal/allow-list.ts';
import { fit } from '../../src/core/fit.ts';
import { notations } from '../../src/core/notation.ts';
import { safeCell, safeText } from '../../src/core/safe-text.ts';
import { displayWidth } from '../../src/core/width.ts';
import { type Cell, Emulator, unicodeTables } from '../support/emulator.ts';
import { hostileStrings } from '../support/hostile.ts';
import { hostileText } from '../support/hostile-text.ts';
import { random } from '../support/random.ts';

const slot = { start: 10, columns: 30 };
const rowsAtOnce = 20;
const corpus = hostileStrings().map(({ text }) => text);
/** Symbols that were one column wide before there were emoji: the oldest table puts what follows elsewhere. */
const youngerThanUnicode6 = /\p{Emoji_Presentation}|[\u{16fe0}-\u{1b2ff}]/u;

/** A frame of rows as a list draws them: gutter, the cell, its neighbour. */
function frame(texts: readonly string[]): string {
	const lines = texts.map((text, at) => {
		const shown = safeCell(text, slot.columns);
		const cell = shown + ' '.repeat(slot.columns - displayWidth(shown));
		return `\x1b[${at + 2};1H\x1b[1m›\x1b[m 12:00:00${cell}│ neighbour ${at}`;
	});
	return `\x1b[?7l\x1b[H${lines.join('')}\x1b[24;1H`;
}

/** The emulator after a frame of these texts. */
async function drawn(texts: readonly string[], unicode: (typeof unicodeTables)[number]) {
	const emulator = new Emulator({ unicode });
	const allowList = new AllowList();
	await emulator.write(allowList.filter(frame(texts)));
	assert.equal(allowList.violations, 0);
	return emulator;
}

function outside(cells: readonly Cell[]): readonly Cell[] {
	return [...cells.slice(0, slot.start), ...cells.slice(slot.start + slot.columns)];
}

for (const unicode of unicodeTables) {
	test(`with the table of Unicode ${unicode} a hostile cell changes nothing but itself`, async () => {
		const benign = await drawn(Array(rowsAtOnce).fill('benign'), unicode);
		const look = benign.row(2)[slot.start]?.look;
		const { below, bytes, pick } = random(11);
		const generated = Array.from({ length: 2000 }, () => hostileText({ below, bytes, pick }));
		const texts = [...corpus, ...generated];
		for (let first = 0; first < texts.length; first += rowsAtOnce) {
			const batch = texts.slice(first, first + rowsAtOnce);
			const emulator = await drawn(
				batch.concat(Array(rowsAtOnce - batch.length).fill('')),
				unicode,
			);
			assert.deepEqual(emulator.deeds, []);
			assert.deepEqual(emulator.state(), benign.state());
			for (const [at, text] of batch.entries()) {
				const row = emulator.row(at + 1);
				for (const cell of row.slice(slot.start, slot.start + slot.columns)) {
					assert.equal(cell.look, look, JSON.stringify(text));
				}
				if (unicode === '6' && youngerThanUnicode6.test(safeCell(text, slot.columns))) continue;
				assert.deepEqual(outside(row), outside(benign.row(at + 1)), JSON.stringify(text));
			}
		}
	});
}

test('no generated text reaches the terminal but as printable characters', () => {
	const { below, bytes, pick } = random(12);
	const allowList = new AllowList();
	for (let round = 0; round < 1_000_000; round++) {
		const text = hostileText({ below, bytes, pick });
		const shown = round % 2 === 0 ? safeText(text) : safeCell(text, below(60));
		if (allowList.filter(shown) !== shown) assert.fail(JSON.stringify(text));
	}
	assert.equal(allowList.violations, 0);
});

test('a cell costs what it shows, not what it is given', () => {
	let looks = 0;
	const { widthOf, ...rest } = notations.screen;
	const counting = { ...rest, widthOf: (code: number) => widthOf(code) + 0 * looks++ };
	for (const { name, text } of hostileStrings('huge', 'width', 'invisible')) {
		looks = 0;
		const shown = fit(text, 200, counting);
		assert.ok(looks <= 3 * 201, `${name}: ${looks} looks`);
		assert.ok(shown.length <= 600, name);
	}
});
