import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import { boundsOf } from '../../src/core/bounds.ts';
import { recognise } from '../../src/formats/recognise.ts';
import { testFile } from '../support/files.ts';
import { capturedEvents } from '../support/salt-captures.ts';

function formatOf(body: Uint8Array | string, ids?: readonly string[]): string {
	return recognise(boundsOf(new Uint8Array(0), Buffer.from(body)), ids).id;
}

for (const [body, id] of [
	['{"rule":"R","priority":"Error","output":"x"}', 'falco'],
	['{"priority":"Error","output_fields":{},"rule":"R"}', 'falco'],
	['{"Rule":"R","Priority":"Error","Output":"x"}', 'falco'],
	['\ufeff{"rule":"R","priority":"Error","uuid":"x"}', 'falco'],
	['{"event":{"rule":"R","priority":"Error","output":"x"},"outputs":[]}', 'falco'],
	['{"specversion":"1.0","type":"falco.rule.output.v1","data_base64":"e30="}', 'falco'],
	['{"specversion":"1.0","data":{"rule":"R","priority":"Error","output":"x"}}', 'falco'],
	['{"rule":"R","priority":"Error"}', 'json'],
	['{"a":{"rule":"R","priority":"Error","output":"x"}}', 'json'],
	[' {"a":1} \r', 'json'],
	['{}', 'json'],
	['{ }', 'json'],
	['{"a":1', 'text'],
	['{not json}', 'text'],
	['[1,2]', 'text'],
	['hello', 'text'],
	['', 'text'],
] as const) {
	test(`${body} is ${id}`, () => assert.equal(formatOf(body), id));
}

test('every recorded event is recognised', () => {
	for (const { body } of capturedEvents()) assert.equal(formatOf(body), 'salt');
	for (const line of testFile('recordings/falco.jsonl').toString().trimEnd().split('\n')) {
		assert.equal(formatOf(line), 'falco');
	}
});

test('only the formats that a source may have are chosen', () => {
	const line = '{"rule":"R","priority":"Error","output":"x"}';
	assert.equal(formatOf(line, ['json', 'text']), 'json');
	assert.equal(formatOf(encodeMsgpack({ a: 1 }), ['json']), 'text');
	assert.equal(formatOf('hello', ['salt']), 'text');
});
