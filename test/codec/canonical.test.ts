import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, contentHash } from '../../src/codec/canonical.ts';

test('equal values share one text, whatever the order of their keys', () => {
	const value = {
		b: [true, null, 0.5],
		'10': 'x',
		'9': 'y',
		a: { é: 1n, e: 2 },
		absent: undefined,
	};
	assert.equal(
		canonicalJson(value),
		'{"10":"x","9":"y","a":{"e":"2","é":"1"},"b":[true,null,0.5]}',
	);
});

test('an integer hashes the same as a number or a bigint, and never rounded', () => {
	assert.equal(contentHash({ n: 7 }), contentHash({ n: 7n }));
	assert.notEqual(contentHash({ n: 9007199254740992n }), contentHash({ n: 9007199254740993n }));
});

test('the hash is sha-256 of the text', () => {
	assert.equal(contentHash({}), '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
