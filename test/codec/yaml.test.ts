import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeMsgpack } from '../../src/codec/msgpack.ts';
import { parseYaml, parseYamlDocument, printYaml } from '../../src/codec/yaml.ts';
import { Failure } from '../../src/core/errors.ts';
import { hostileStrings } from '../support/hostile.ts';
import { capturedEvents } from '../support/salt-captures.ts';

test('integers beyond 2^53 are read and printed exactly', () => {
	const text = 'time: 1754464033123456789\nwrapped: 18446744073709551615\nsmall: 7\n';
	assert.deepEqual(structuredClone(parseYaml(text)), {
		time: 1754464033123456789n,
		wrapped: 18446744073709551615n,
		small: 7,
	});
	assert.equal(printYaml(parseYaml(text)), text);
});

test('scalars have the types of YAML 1.2', () => {
	const text = 'a: no\nb: on\nc: 010\nd: 1_000\ne: 12:30:45\nf: ~\ng: 0x10\nh: .nan\n';
	assert.deepEqual(structuredClone(parseYaml(text)), {
		a: 'no',
		b: 'on',
		c: 10,
		d: '1_000',
		e: '12:30:45',
		f: null,
		g: 16,
		h: Number.NaN,
	});
});

test('text that YAML 1.1 would take for something else is quoted', () => {
	assert.equal(
		printYaml({ a: 'yes', b: '1_000', c: '12:30', d: 'plain' }),
		'a: "yes"\nb: "1_000"\nc: "12:30"\nd: plain\n',
	);
});

test('what a reader cannot see is an escape, and reads back', () => {
	const value = { 'k\u202e': 'a\u001b[2J\nb\u{e0041}\u00a0', plain: 'one\ntwo\n', 日本: 'é' };
	const text = printYaml(value);
	assert.equal(
		text,
		'"k\\u202e": "a\\e[2J\\nb\\U000e0041\\u00a0"\nplain: |\n  one\n  two\n日本: é\n',
	);
	assert.deepEqual(structuredClone(parseYaml(text)), value);
});

test('bytes and keys of every type are printed', () => {
	const value = new Map<unknown, unknown>([
		[1, new Uint8Array([0, 255])],
		[null, 'none'],
		[[1, 2], Infinity],
		[new Uint8Array([107]), 0.5],
	]);
	assert.equal(
		printYaml(value),
		'1: !!binary AP8=\nnull: none\n? - 1\n  - 2\n: .inf\n!!binary aw==: 0.5\n',
	);
	assert.deepEqual(parseYaml(printYaml(value)), value);
});

test('every captured event reads back from its YAML', () => {
	for (const { where, body } of capturedEvents()) {
		const data = decodeMsgpack(body);
		assert.deepEqual(parseYaml(printYaml(data)), data, where);
	}
});

for (const [text, message] of [
	['a: 1\nb: 2\na: 3', 'YAML, line 3, column 1: Map keys must be unique'],
	['a: !shell x', 'YAML, line 1, column 4: Unresolved tag: !shell'],
	['---\na\n---\nb', /^YAML, line 3, column 1: Source contains multiple documents/],
	['a: *nobody', /^YAML: Unresolved alias/],
	['a: &a [*a]', 'YAML: nested deeper than 64'],
	['['.repeat(2_000), /^YAML, line 1, column \d+: /],
	[`${'['.repeat(80)}${']'.repeat(80)}`, 'YAML: nested deeper than 64'],
] as const) {
	test(`${text.slice(0, 20).replaceAll('\n', ' ⏎ ')} is refused`, () => {
		assert.throws(() => parseYaml(text), { name: 'Failure', code: 'undecodable', message });
	});
}

test('aliases cannot multiply', () => {
	const bomb = 'a: &a [x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n';
	assert.throws(() => parseYaml(bomb), /Excessive alias count/);
});

test('a merge key is a key like any other', () => {
	assert.deepEqual(structuredClone(parseYaml('<<: {a: 1}\nb: 2')), { '<<': { a: 1 }, b: 2 });
});

test('a document says where each of its parts was written', () => {
	const { position } = parseYamlDocument(
		'sources:\n  bus:\n    kind: nats\n    servers: [one, two]\n',
	);
	assert.deepEqual(position(['sources', 'bus', 'kind']), { line: 3, column: 5 });
	assert.deepEqual(position(['sources', 'bus', 'servers', 1]), { line: 4, column: 20 });
	assert.deepEqual(position(['sources', 'bus', 'tls', 'ca']), { line: 2, column: 3 });
	assert.deepEqual(position([]), { line: 1, column: 1 });
});

test('no parser bomb does anything but parse or be refused', () => {
	for (const { name, text } of hostileStrings('parser-bomb', 'prototype-pollution')) {
		try {
			printYaml(parseYaml(text));
		} catch (thrown) {
			assert.ok(thrown instanceof Failure, name);
		}
	}
	assert.equal('polluted' in {}, false);
});
