import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeOf, withCause } from '../../src/codec/cause.ts';

const secret = Buffer.from('a secret of this store');
const cause = { run: 'R-0097', depth: 1 };
const data = { service: 'payments', hosts: ['web12'] };
const marked = withCause('ops/done', data, cause, secret);

test('what we emit is known as ours, through the stamps and wrappings of a bus', () => {
	assert.deepEqual(causeOf('ops/done', marked, secret), cause);
	assert.deepEqual(causeOf('ops/done', { ...Object(marked), _stamp: 'now' }, secret), cause);
	assert.deepEqual(causeOf('ops/done', { id: 'web12', data: marked }, secret), cause);
});

test('an event without a mark has no cause', () => {
	assert.equal(causeOf('ops/done', data, secret), undefined);
	assert.equal(causeOf('ops/done', 'text', secret), undefined);
});

test('a mark that was forged or copied proves nothing', () => {
	const copied = { ...Object(marked), service: 'other' };
	for (const [tag, body, key] of [
		['ops/other', marked, secret],
		['ops/done', copied, secret],
		['ops/done', marked, Buffer.from('another')],
		['ops/done', { ...data, eventctl_cause: { ...cause, sig: 'abc' } }, secret],
		['ops/done', { ...data, eventctl_cause: 'R-0097' }, secret],
		['ops/done', { ...data, eventctl_cause: { ...cause } }, secret],
	] as const) {
		assert.equal(causeOf(tag, body, key), 'forged');
	}
});

test('what is no map cannot be marked', () => {
	assert.equal(withCause('a', 'text', cause, secret), 'text');
	assert.deepEqual(withCause('a', [1], cause, secret), [1]);
});
