import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AllowList } from '../../../components/terminal/allow-list.ts';
import { Emulator } from '../../support/emulator.ts';
import { hostileStrings } from '../../support/hostile.ts';
import { hostileText } from '../../support/hostile-text.ts';
import { random } from '../../support/random.ts';

function filtered(...pieces: readonly string[]): string {
	const allowList = new AllowList();
	return pieces.map((piece) => allowList.filter(piece)).join('');
}

for (const output of [
	'plain é漢👍 ␛⟨U+202E⟩\n',
	'\x1b[1;38;5;12m\x1b[38;2;1;2;3m\x1b[4:3m\x1b[m',
	'\x1b[K\x1b[2K\x1b[J\x1b[0J\x1b[2J',
	'\x1b[3A\x1b[B\x1b[E\x1b[12G\x1b[H\x1b[2;3H',
	'\x1b[2;20r\x1b[r\x1b[3S\x1b[T\x1b[2L\x1b[M',
	'\x1b[?7l\x1b[?25h\x1b[?1004h\x1b[?2004l\x1b[?2026h\x1b[?1049h',
	'\x1b[>1u\x1b[<u\x1b[?u',
] as const) {
	test(`${JSON.stringify(output)} passes, in one piece and letter by letter`, () => {
		assert.equal(filtered(output), output);
		assert.equal(filtered(...output.split('')), output);
	});
}

for (const [what, output, passed] of [
	['a title', '\x1b]0;x\x07', '?]0;x?'],
	['a clipboard', 'a\x1b]52;c;eA==\x1b\\b', 'a?]52;c;eA==?\\b'],
	['an answer asked for', '\x1b[c\x1b[6n\x1b[?6n', '?[c?[6n?[?6n'],
	['erasing what scrolled out', '\x1b[3J', '?[3J'],
	['a mode that is not ours', '\x1b[?1003h\x1b[4h', '?[?1003h?[4h'],
	['several modes at once', '\x1b[?25;1003h', '?[?25;1003h'],
	['a saved cursor', '\x1b7\x1b[s', '?7?[s'],
	['8-bit controls', '\x9b2J\x9d0;x\x9c', '?2J?0;x?'],
	['a carriage return, a tab, a bell', 'a\rb\tc\x07', 'a?b?c?'],
	['a sequence within a sequence', '\x1b[\x1b[2J2J', '?[\x1b[2J2J'],
	['invisible and reordering characters', 'a\u202eb\u200bc\u{e0041}', 'a?b?c?'],
	['half a character', 'a\ud800b\udc00', 'a?b?'],
] as const) {
	test(`${what} does not pass`, () => {
		assert.equal(filtered(output), passed);
		assert.equal(filtered(...output.split('')), passed);
	});
}

test('each character that did not pass is counted', () => {
	const allowList = new AllowList();
	allowList.filter('fine\x1b[m\n');
	assert.equal(allowList.violations, 0);
	allowList.filter('\x07\x07');
	assert.equal(allowList.violations, 2);
});

test('a sequence that never ends is not held for ever', () => {
	const endless = `\x1b[${'1;'.repeat(200)}m`;
	assert.equal(filtered(...endless.split('')), endless.replace('\x1b', '?'));
});

test('whatever a component lets slip, the terminal draws and does nothing else', async () => {
	const { below, bytes, pick } = random(21);
	const texts = hostileStrings().map(({ text }) => text.slice(0, 4096));
	for (let round = 0; round < 500; round++) texts.push(hostileText({ below, bytes, pick }));
	const emulator = new Emulator();
	const allowList = new AllowList();
	for (const text of texts) await emulator.write(allowList.filter(`${text}\n`));
	assert.deepEqual(emulator.deeds, []);
	const { mouseTrackingMode, insertMode, originMode, applicationCursorKeysMode } = emulator.state();
	assert.deepEqual(
		[mouseTrackingMode, insertMode, originMode, applicationCursorKeysMode],
		['none', false, false, false],
	);
});

test('cutting the output anywhere changes nothing', () => {
	const { below, bytes, pick } = random(22);
	for (let round = 0; round < 2000; round++) {
		const text = hostileText({ below, bytes, pick });
		const cut = below(text.length + 1);
		assert.equal(filtered(text.slice(0, cut), text.slice(cut), '.'), filtered(text, '.'));
	}
});
