import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeCell, safeText } from '../../src/core/safe-text.ts';
import { displayWidth } from '../../src/core/width.ts';
import { decodeCell, decodeFile, decodeScreen } from '../support/decode-shown.ts';
import { hostileStrings } from '../support/hostile.ts';

const corpus = hostileStrings();
/** Everything a terminal could act on, hide or reorder. */
const forbidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;

for (const [input, shown] of [
	['a\x1b[31mb\u202e', 'a␛[31mb⟨U+202E⟩'],
	['a\nb\r\tc\x7f\0', 'a␊b␍␉c␡␀'],
	['\x9b2J', '⟨U+009B⟩2J'],
	['caf\u00e9 e\u0301 漢字 👍', 'caf\u00e9 e\u0301 漢字 👍'],
	['e\u0301\u0301\u0301', 'e\u0301\u0301⟨U+0301⟩'],
	['\u0301a', '⟨U+0301⟩a'],
	['\x1b\u0301', '␛⟨U+0301⟩'],
	['a\u00a0b\u3000c\u2800', 'a⟨U+00A0⟩b⟨U+3000⟩c⟨U+2800⟩'],
	['␛ ⟨U+202E⟩', '⟨U+241B⟩ ⟨U+27E8⟩U+202E⟨U+27E9⟩'],
	['👨\u200d👩', '👨⟨U+200D⟩👩'],
	['\u05d0', '⟨U+05D0⟩'],
	['a\ud800b', 'a⟨U+D800⟩b'],
	['C:\\temp', 'C:\\temp'],
] as const) {
	test(`on a screen ${JSON.stringify(input)} reads ${shown}`, () => {
		assert.equal(safeText(input), shown);
	});
}

for (const [input, written] of [
	['a\x1b[31mb\u202e', 'a\\e[31mb\\u{202e}'],
	['a\nb\r\tc\x7f', 'a\\nb\\r\\tc\\x7f'],
	['C:\\temp', 'C:\\\\temp'],
	['é␛', 'é␛'],
] as const) {
	test(`in a file ${JSON.stringify(input)} reads ${written}`, () => {
		assert.equal(safeText(input, 'file'), written);
	});
}

test('in plain ASCII every other character is written as its number', () => {
	assert.equal(safeText('é漢\\', 'ascii'), '\\u{e9}\\u{6f22}\\\\');
});

test('a byte that is no UTF-8 is shown as that byte', () => {
	const bytes = Uint8Array.of(0x61, 0xff, 0xc0, 0x80, 0xe2, 0x1b);
	assert.equal(safeText(bytes), 'a⟨xFF⟩⟨xC0⟩⟨x80⟩⟨xE2⟩␛');
	assert.equal(safeText(bytes, 'file'), 'a\\xff\\xc0\\x80\\xe2\\e');
});

test('a value that is no text becomes JSON, and what JSON cannot say is said', () => {
	const cycle: { self?: unknown } = {};
	cycle.self = cycle;
	assert.equal(safeText({ a: [1, 2n, '\x1b'] }), '{"a":[1,"2","\\u001b"]}');
	assert.equal(safeText(Object.create(null)), '{}');
	assert.match(safeText(cycle), /^\(cannot be shown: /);
	assert.equal(safeText(new Error('no\nway')), 'no␊way');
	assert.equal(safeText(undefined), 'undefined');
	assert.equal(safeText(12n), '12');
});

/** All code points, each behind an `a` and 512 at a time. */
function* everyCodePoint(): Generator<string> {
	for (let first = 0; first <= 0x10ffff; first += 512) {
		const codes = Array.from({ length: 512 }, (_, offset) => first + offset);
		yield codes.map((code) => `a${String.fromCodePoint(code)}`).join('');
	}
}

test('every code point can be read back, on a screen, in a file and in ASCII', () => {
	for (const text of everyCodePoint()) {
		assert.equal(decodeScreen(safeText(text)), text);
		assert.equal(decodeFile(safeText(text, 'file')), text);
		assert.equal(decodeFile(safeText(text, 'ascii')), text);
	}
});

test('no code point reaches a terminal that it would act on or hide', () => {
	for (const text of everyCodePoint()) assert.doesNotMatch(safeText(text), forbidden);
});

test('every hostile string can be read back', () => {
	for (const { name, text, bytes } of corpus) {
		assert.equal(decodeScreen(safeText(text)), text, name);
		assert.equal(decodeFile(safeText(text, 'file')), text, name);
		assert.doesNotMatch(safeText(bytes), forbidden, name);
	}
});

for (const [input, columns, shown] of [
	['abcdef', 6, 'abcdef'],
	['abcdefg', 6, 'abc…+4'],
	['漢字漢字', 7, '漢字…+2'],
	['e\u0301'.repeat(6), 5, 'e\u0301e\u0301…+8'],
	['a\x1bb', 3, 'a␛b'],
	['\u202e\u202e', 12, '⟨U+202E⟩…+1'],
	[`a${' '.repeat(30)}b`, 10, 'a␣×30b'],
	[`${' '.repeat(8)}8`, 10, '␣×7 8'],
	['a       b', 9, 'a       b'],
	['ends in …+5', 30, 'ends in ⟨U+2026⟩+5'],
	['abcdef', 2, '…'],
	['abcdef', 0, ''],
] as const) {
	test(`${columns} columns of ${JSON.stringify(input.slice(0, 12))} show ${shown}`, () => {
		assert.equal(safeCell(input, columns), shown);
	});
}

test('a cell in ASCII counts and cuts in ASCII', () => {
	assert.equal(safeCell(`é${' '.repeat(9)}`, 20, 'ascii'), '\\u{e9}\\s{9}');
	assert.equal(safeCell('abcdefgh', 7, 'ascii'), 'ab...+6');
	assert.equal(safeCell('see ...+5', 20, 'ascii'), 'see \\x2e..+5');
});

test('a cell never exceeds its columns, and shows a beginning of the text and how much is missing', () => {
	for (const { name, text } of corpus) {
		for (const columns of [4, 9, 20, 77, 200]) {
			const shown = safeCell(text, columns);
			const cell = decodeCell(shown);
			assert.ok(displayWidth(shown) <= columns, name);
			if (shown === '…') continue;
			assert.ok(text.startsWith(cell.text), name);
			assert.equal([...text.slice(cell.text.length)].length, cell.missing, name);
		}
	}
});
