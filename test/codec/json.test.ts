import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneLineJson, parseJson, printJson } from '../../src/codec/json.ts';
import { Failure } from '../../src/core/errors.ts';
import { testFile } from '../support/files.ts';
import { hostileStrings } from '../support/hostile.ts';
import { random } from '../support/random.ts';

const roundTrips = [
	'{"evt.time":1754464033123456789,"u":18446744073709551615,"n":-9223372036854775809}',
	'{"a":[1,-1,0.5,1e-7,1e+21,true,false,null,""],"é":"日本"}',
	'{"nested":{"deep":[{}]}}',
	'-0',
];

for (const text of roundTrips) {
	test(`${text} prints as it was read`, () => assert.equal(printJson(parseJson(text)), text));
}

for (const [source, value] of [
	['9007199254740991', 9007199254740991],
	['9007199254740993', 9007199254740993n],
	['1.0', 1],
	['100e-2', 1],
	['0.0', 0],
	['1e999', '1e999'],
	['1e-999', '1e-999'],
	['0.10000000000000000001', '0.10000000000000000001'],
	['4503599627370496.25', '4503599627370496.25'],
] as const) {
	test(`the number ${source} is read as ${typeof value} ${value}`, () => {
		assert.equal(parseJson(source), value);
	});
}

test('what JSON has no word for is said in objects with one $ key', () => {
	const value = new Map<unknown, unknown>([
		[1, Number.NaN],
		['1', new Uint8Array([0, 1, 0xff])],
		[null, -Infinity],
	]);
	assert.equal(
		printJson(value),
		'{"1":{"$float":"NaN"},"1~":{"$bytes":"AAH/"},"null":{"$float":"-Infinity"},"$keys":"[1,\\"1\\",null]"}',
	);
});

test('what a reader cannot see is printed as an escape that reads back', () => {
	const value = { 'a\u202eb': '\u001b[2J\u009b\u200b\u{e0041}\u00a0\ud800 é 日本 😀' };
	const text = printJson(value);
	assert.equal(
		text,
		'{"a\\u202eb":"\\u001b[2J\\u009b\\u200b\\udb40\\udc41\\u00a0\\ud800 é 日本 😀"}',
	);
	assert.deepEqual(structuredClone(parseJson(text)), value);
});

test('indented JSON keeps its newlines', () => {
	assert.equal(printJson({ a: [1n] }, 2), '{\n  "a": [\n    1\n  ]\n}');
});

test('JSON text on one line keeps its own digits, order and repeated keys', () => {
	assert.equal(
		oneLineJson(Buffer.from('\ufeff{"b": 1.0,\r\n\t"a": 1E5, "a": "\u202e"}\n')),
		'{"b": 1.0, "a": 1E5, "a": "\\u202e"}',
	);
});

test('a key __proto__ is a key like any other and forges nothing', () => {
	const value = parseJson('{"__proto__":{"polluted":true},"toString":"x"}') as Record<
		string,
		unknown
	>;
	assert.equal(Object.getPrototypeOf(value), null);
	assert.deepEqual(Object.keys(value), ['__proto__', 'toString']);
	assert.equal('polluted' in value, false);
	assert.equal(printJson(value), '{"__proto__":{"polluted":true},"toString":"x"}');
});

for (const [name, body] of [
	['nested deeper than 64', '['.repeat(65)],
	['with more than 10,000 entries', `[${'1,'.repeat(10_000)}1]`],
	['with more than 50,000 values', `[${'[1,1,1,1,1,1],'.repeat(9_000)}1]`],
	['of more than a mebibyte', `"${'x'.repeat(1_048_576)}"`],
	['that is no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
	['with NaN', '{"a":NaN}'],
	['that is two values', '{}{}'],
	['that is nothing', ''],
] as const) {
	test(`JSON ${name} is refused`, () => {
		assert.throws(
			() => parseJson(body),
			(thrown) => thrown instanceof Failure && thrown.code === 'undecodable',
		);
	});
}

test('a bracket within a string is no nesting', () => {
	assert.equal(
		parseJson(`"${'['.repeat(100)}\\"${'['.repeat(100)}"`),
		`${'['.repeat(100)}"${'['.repeat(100)}`,
	);
});

test('no parser bomb does anything but parse or be refused', () => {
	for (const { name, text } of hostileStrings('parser-bomb', 'prototype-pollution')) {
		try {
			printJson(parseJson(text), 2);
		} catch (thrown) {
			assert.ok(thrown instanceof Failure, name);
		}
	}
	assert.equal('polluted' in {}, false);
});

test("mutated text is read or refused as the platform's parser does", () => {
	const { below, pick } = random(8259);
	const lines = testFile('recordings/falco.jsonl').toString().split('\n').slice(0, 4);
	const texts = [
		...lines,
		' {"a" : [1 ,-0.5e+2, "\\u00e9\\n\\\\" ] ,"b":{}, "c":[true,false,null]} ',
	];
	const odd = [
		'"',
		'\\',
		'{',
		'}',
		'[',
		']',
		',',
		':',
		'0',
		'-',
		'.',
		'e',
		' ',
		'\u0001',
		'u',
		't',
	];
	for (let round = 0; round < 4000; round += 1) {
		const text = pick(texts);
		const at = below(text.length);
		const mutant = `${text.slice(0, at)}${pick(odd)}${text.slice(at + below(3))}`;
		assert.equal(
			attempt(() => parseJson(mutant)),
			attempt(() => JSON.parse(mutant, finite)),
			mutant,
		);
	}
});

function finite(_key: string, value: unknown): unknown {
	return value === Infinity || value === -Infinity ? 0 : value;
}

/** What was read, but for its numbers, which only one of the two keeps exactly. */
function attempt(parse: () => unknown): string {
	try {
		return printJson(parse()).replace(/"?-?\d[\d.]*(e[+-]?\d+)?"?/gi, '0');
	} catch {
		return 'refused';
	}
}
