import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import { newPeek } from '../../src/core/format.ts';
import type { KeyMap } from '../../src/core/key-map.ts';
import { ownKeys } from '../../src/formats/own-keys.ts';
import { json } from '../../src/formats/registry.ts';

/** What a JSON body says with these keys of its own. */
function said(map: KeyMap, body: string) {
	const keys = ownKeys(map);
	const peek = newPeek();
	const at = boundsOf(Buffer.alloc(0), Buffer.from(body));
	json.peek(at, peek);
	keys.peek(at, peek);
	const slice = (start: number, end: number) => Buffer.from(body).toString('utf8', start, end);
	const data = json.decode(Buffer.from(body));
	const facts = keys.facts(json.facts('', data), data);
	const { severity, seconds } = peek;
	return {
		severity,
		seconds,
		host: slice(peek.hostStart, peek.hostEnd),
		name: slice(peek.nameStart, peek.nameEnd),
		facts,
	};
}

const map: KeyMap = {
	severity: ['lvl'],
	time: ['when'],
	host: ['node.name', 'machine'],
	tag: ['logger'],
	message: ['note'],
};

test('own keys say severity, time, host, tag and text', () => {
	const body =
		'{"lvl":"error","when":"1970-01-01T00:01:00Z","machine":"w1","logger":"app","note":"x"}';
	const { severity, seconds, host, name, facts } = said(map, body);
	assert.deepEqual([severity, seconds, host, name], [3, 60, 'w1', 'app']);
	assert.deepEqual([facts.host, facts.who, facts.summary], ['w1', 'w1', 'x']);
});

test('a path is one key first, then members within members, and the first that tells something counts', () => {
	const whole = said(map, '{"node.name":"a","node":{"name":"b"},"machine":"c"}');
	const within = said(map, '{"machine":"c","node":{"x":[1,{}],"name":"b"}}');
	const neither = said(map, '{"node":{"name":7},"machine":"c"}');
	for (const [one, host] of [
		[whole, 'a'],
		[within, 'b'],
		[neither, 'c'],
	] as const) {
		assert.equal(one.host, host);
		assert.equal(one.facts.host, host);
	}
});

test('what no own key tells the usual ones do, and an own key goes before a usual one', () => {
	const usual = said(map, '{"level":"warn","host":"h","message":"m"}');
	assert.deepEqual([usual.severity, usual.facts.host, usual.facts.summary], [4, 'h', 'm']);
	const both = said(map, '{"level":"debug","lvl":"crit","host":"h","machine":"c"}');
	assert.deepEqual([both.severity, both.host, both.facts.host], [2, 'c', 'c']);
});

test('no value that is none of its kind, and no body that is none, is taken', () => {
	for (const body of [
		'{"lvl":{"a":1},"when":[],"machine":"","logger":null}',
		'{}',
		'{"node":"x"}',
	]) {
		const { severity, seconds, facts } = said(map, body);
		assert.deepEqual([severity, seconds, facts.host], [6, -1, undefined], body);
	}
	const keys = ownKeys(map);
	for (const body of ['', '{', '[1]', '{"lvl":', '{"node":{"name":"x"']) {
		keys.peek(boundsOf(Buffer.alloc(0), Buffer.from(body)), newPeek());
	}
});
