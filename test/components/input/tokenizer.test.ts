import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tokenizer } from '../../../components/input/tokenizer.ts';
import type { Token } from '../../../src/core/stroke.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { hostileStrings } from '../../support/hostile.ts';
import { random } from '../../support/random.ts';

/** A tokenizer at a keyboard: what is read, and what it makes of it. */
function aKeyboard() {
	const clock = fakeClock();
	const tokens: Token[] = [];
	const tokenizer = new Tokenizer(clock, (token) => tokens.push(token));
	return {
		tokens,
		read(bytes: string | Uint8Array) {
			tokenizer.feed(Buffer.from(bytes));
			return this;
		},
		wait(ms: number) {
			clock.advance(ms);
			return this;
		},
		close: () => tokenizer.close(),
		pending: () => clock.pending(),
		/** Strokes as they are, pastes in quotes, the rest in brackets. */
		heard: () => tokens.map(spoken).join(' '),
	};
}

function spoken(token: Token): string {
	if (token.kind === 'key') return token.stroke;
	return token.kind === 'paste' ? JSON.stringify(token.text) : `(${token.kind})`;
}

for (const [bytes, heard] of [
	['a', 'a'],
	['G', 'G'],
	[' ', 'space'],
	['\r', 'enter'],
	['\t', 'tab'],
	['\x7f', 'backspace'],
	['\b', 'backspace'],
	['\0', '^space'],
	['\x04', '^d'],
	['\x1a', '^z'],
	['\x1c', '^\\'],
	['é', 'é'],
	['👨\u200d👩', '👨\u200d👩'],
	['e\u0301x', 'e\u0301 x'],
	['\x1b[A', 'up'],
	['\x1bOB', 'down'],
	['\x1b[1;5C', '^right'],
	['\x1b[1;2D', 'shift+left'],
	['\x1b[1;8F', 'alt+shift+^end'],
	['\x1b[Z', 'shift+tab'],
	['\x1b[3~', 'delete'],
	['\x1b[5;3~', 'alt+pgup'],
	['\x1b[15~', 'f5'],
	['\x1b[24~', 'f12'],
	['\x1bOP', 'f1'],
	['\x1b[1;2S', 'shift+f4'],
	['\x1b[[E', 'f5'],
	['\x1b[a', 'shift+up'],
	['\x1bOd', '^left'],
	['\x1b[3$', 'shift+delete'],
	['\x1b[3^', '^delete'],
	['\x1b[3@', 'shift+^delete'],
	['\x1b\x1b[A', 'alt+up'],
	['\x1bx', 'alt+x'],
	['\x1b\r', 'alt+enter'],
	['\x1b[27u', 'esc'],
	['\x1b[99;5u', '^c'],
	['\x1b[27;5;121~', '^y'],
	['\x9bA', 'up'],
	['\u009bB', 'down'],
] as const) {
	test(`${JSON.stringify(bytes)} is ${heard}`, () => {
		const latin1 = bytes === '\x9bA';
		assert.equal(
			aKeyboard()
				.read(Buffer.from(bytes, latin1 ? 'latin1' : 'utf8'))
				.heard(),
			heard,
		);
	});
}

for (const [what, bytes, heard] of [
	['device attributes', '\x1b[?62;1;4c', '(reply)'],
	['a cursor position', '\x1b[12;40R', '(reply)'],
	['a mode report', '\x1b[4;1$y', '(reply)'],
	['focus', '\x1b[I\x1b[O', '(reply) (reply)'],
	['a mouse click', '\x1b[M aa\x1b[<0;1;1M', '(reply) (reply)'],
	['a colour, ended by BEL', '\x1b]11;rgb:0000/0000/0000\x07', '(reply)'],
	['a title with an enter in it', '\x1b]ly\r\x1b\\', '(reply)'],
	['a title in UTF-8', '\x1b]lś✓\x1b\\', '(reply)'],
	['a setting', '\x1bP1$r0m\x1b\\', '(reply)'],
	['a message with a bell in it', '\x1b^a\x07y\x1b\\', '(reply)'],
	['a string ended by C1', '\x1b_y\u009c', '(reply)'],
	['a string broken off', '\x1bPyy\x1b[A', '(junk) up'],
	['a letter told by number', '\x1b[121u\x1b[121;2u\x1b[27;1;121~', '(junk) (junk) (junk)'],
	['a key nobody knows', '\x1b[99~\x1bOp', '(junk) (junk)'],
	['an end of a paste without a beginning', '\x1b[201~', '(junk)'],
	['a control character within a sequence', '\x1b[\r', '(junk)'],
	['bytes that are no UTF-8', Buffer.of(0xff, 0xc0, 0x61), '(junk) (junk) a'],
	['a C1 control', '\u0085', '(junk)'],
] as const) {
	test(`${what} types nothing`, () => {
		assert.equal(aKeyboard().read(bytes).heard(), heard);
	});
}

test('a sequence may come in any number of reads', () => {
	const whole = Buffer.from('\x1b[1;5Aé\x1b]11;rgb:00\x1b\\\x1b[200~a\x1bb\x1b[201~');
	const keyboard = aKeyboard();
	for (const byte of whole) keyboard.read(Uint8Array.of(byte)).wait(20);
	assert.equal(keyboard.heard(), '^up é (reply) "a\\u001bb"');
});

test('an escape byte alone is Esc after 150 ms, and two are two', () => {
	assert.equal(aKeyboard().read('\x1b').wait(149).heard(), '');
	assert.equal(aKeyboard().read('\x1b').wait(151).heard(), 'esc');
	assert.equal(aKeyboard().read('\x1b\x1b').wait(151).heard(), 'esc esc');
});

test('a letter typed soon after Esc is that letter, in one read with it the key with alt', () => {
	assert.equal(aKeyboard().read('\x1b').wait(100).read('j').heard(), 'esc j');
	assert.equal(aKeyboard().read('\x1bj').heard(), 'alt+j');
});

test('a sequence whose end never comes is junk, never letters', () => {
	for (const beginning of ['\x1b[', '\x1b[1;', '\x1bO', '\x1b]11;rgb', '\x1bP+q\x1b', '\xc3']) {
		const keyboard = aKeyboard().read(Buffer.from(beginning, 'latin1')).wait(151);
		assert.equal(keyboard.heard(), '(junk)', JSON.stringify(beginning));
		assert.equal(keyboard.read('k').heard(), '(junk) k');
	}
});

test('bytes that waited behind a lag are read before a sequence is given up', () => {
	const keyboard = aKeyboard().read('\x1b').wait(150).read('[A');
	assert.equal(keyboard.heard(), 'up');
});

test('an answer longer than any terminal gives is swallowed to its end', () => {
	const keyboard = aKeyboard();
	for (let read = 0; read < 40; read++) keyboard.read(read === 0 ? '\x1bP' : 'y'.repeat(1000));
	assert.equal(keyboard.read('y\x1b').read('\\j').heard(), '(reply) j');
});

test('a paste is one token, whatever it holds', () => {
	const keyboard = aKeyboard().read('\x1b[200~ddy\r\x1b[31m').read('é\xff\x1b[201~');
	assert.equal(keyboard.heard(), JSON.stringify('ddy\r\x1b[31mé\xff'));
});

test('what follows the end of a paste at once was not typed', () => {
	const keyboard = aKeyboard().read('\x1b[200~harmless\x1b[201~y\r\x1b[201~');
	assert.equal(keyboard.heard(), '"harmless" (junk) (junk) (junk)');
	assert.equal(keyboard.wait(50).read('y').heard(), '"harmless" (junk) (junk) (junk) (junk)');
	assert.match(keyboard.wait(100).read('k').heard(), / k$/);
});

test('a paste without an end is dropped after a second of silence, and the keyboard lives', () => {
	const keyboard = aKeyboard().read('\x1b[200~abc').wait(900).read('def').wait(1001).read('k');
	assert.equal(keyboard.heard(), '(junk) k');
});

test('a paste of more than 64 KiB is dropped to its end', () => {
	const keyboard = aKeyboard().read('\x1b[200~');
	for (let read = 0; read < 20; read++) keyboard.read('y'.repeat(4096)).wait(10);
	assert.equal(keyboard.read('y\x1b[20').read('1~').wait(100).read('k').heard(), '(junk) k');
});

test('a key is alone only where nothing else came in its reads', () => {
	const alone = (keyboard: ReturnType<typeof aKeyboard>) =>
		keyboard.tokens.map((token) => token.kind === 'key' && token.isAlone);
	assert.deepEqual(alone(aKeyboard().read('a')), [true]);
	assert.deepEqual(alone(aKeyboard().read('ab')), [false, false]);
	assert.deepEqual(alone(aKeyboard().read('a\x1b')), [false]);
	assert.deepEqual(alone(aKeyboard().read('\x1b').read('[A')), [true]);
	assert.deepEqual(alone(aKeyboard().read('a\x1b').read('[A')), [false, false]);
	assert.deepEqual(alone(aKeyboard().read('\x1b').read('[Aa')), [false, false]);
	assert.deepEqual(alone(aKeyboard().read('\x1b').wait(151)), [true]);
	assert.deepEqual(alone(aKeyboard().read('a\x1b').wait(151).read('b')), [false, false, true]);
});

test('a key that types carries its text', () => {
	const [typed, moved] = aKeyboard().read(' \x1b[A').tokens;
	assert.deepEqual(typed?.kind === 'key' && typed.text, ' ');
	assert.deepEqual(moved?.kind === 'key' && moved.text, undefined);
});

test('no input of a terminal types a letter alone, whole or cut at each byte', () => {
	for (const { name, bytes } of hostileStrings('terminal-input')) {
		for (let cut = 0; cut < Math.min(bytes.length, 200); cut++) {
			const keyboard = aKeyboard();
			keyboard.read(bytes.subarray(0, cut)).wait(25).read(bytes.subarray(cut)).wait(2000);
			const typed = keyboard.tokens.filter(
				(token) => token.kind === 'key' && /^[ -~]$/.test(token.text ?? ''),
			);
			const isBurst = name === 'input-burst-y-enter';
			assert.ok(isBurst || typed.length === 0, `${name} cut at ${cut}: ${keyboard.heard()}`);
		}
	}
});

test('random input never stops the keyboard', () => {
	const { below, bytes, pick } = random(3);
	const parts = ['\x1b', '[', ']', 'O', 'P', '200~', '201~', '\x9b', '\x9c', '1;2', 'u', '~', 'é'];
	for (let round = 0; round < 2000; round++) {
		const keyboard = aKeyboard();
		for (let part = below(12); part > 0; part--)
			keyboard.read(below(3) ? pick(parts) : bytes(below(6)));
		keyboard.wait(1100).read('k');
		assert.match(keyboard.heard(), /(^| )k$/);
		assert.deepEqual(keyboard.pending(), []);
	}
});

test('a closed tokenizer leaves no timer behind', () => {
	const keyboard = aKeyboard().read('\x1b[200~abc');
	keyboard.close();
	assert.deepEqual(keyboard.pending(), []);
	assert.equal(keyboard.wait(2000).heard(), '');
});

test('a terminal that gains or loses the focus says which', () => {
	const heard: (string | undefined)[] = [];
	const tokenizer = new Tokenizer(fakeClock(), (token) => {
		heard.push(token.kind === 'reply' ? token.focus : token.kind);
	});
	tokenizer.feed(Buffer.from('\x1b[I\x1b[O\x1b[?1;2c'));
	assert.deepEqual(heard, ['gained', 'lost', undefined]);
});
