import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sink } from '../../src/core/connector.ts';
import { Strainer } from '../../src/engine/strainer.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import * as formats from '../../src/formats/registry.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A strainer before a sink that records, and a word for all that came through. */
function strained(only: string, ids: readonly string[] = ['json']) {
	const clock = fakeClock();
	const { criterion } = compileFilter(only, clock.now());
	const strainer = new Strainer({ only: criterion, formats: Object.values(formats), clock });
	const through: string[] = [];
	const named = (name: string): Sink => ({
		...aSink(),
		event: (tag, body, at) =>
			through.push(`${name} ${Buffer.from(tag)} ${Buffer.from(body)} ${at}`),
		broken: (bytes, reason) => through.push(`${name} broken ${Buffer.from(bytes)}: ${reason}`),
		gap: ({ cause }) => through.push(`${name} gap ${cause}`),
		link: ({ kind }) => through.push(`${name} ${kind}`),
		dropped: (count) => through.push(`${name} dropped ${count}`),
		from: (source, format) => named(`${name}>${source}/${format}`),
	});
	const sink = strainer.before(named('bus'), 'bus', ids);
	const at = BigInt(clock.now()) * 1_000_000n;
	const event = (to: Sink, text: string, tag = '') => to.event(Buffer.from(tag), Buffer.from(text));
	return { sink, strainer, through, event, at };
}

test('only what matches goes on, with its tag and the time it came', () => {
	const { sink, strainer, through, event, at } = strained('sev>=err');
	event(sink, '{"level":"info"}');
	event(sink, '{"level":"error"}');
	event(sink, '{"level":"crit"}', 'ops.x');
	assert.deepEqual(through, []);
	strainer.strain();
	assert.deepEqual(through, [`bus  {"level":"error"} ${at}`, `bus ops.x {"level":"crit"} ${at}`]);
});

test('gaps, links and what cannot be cut pass, and overtake no event', () => {
	const { sink, through, event, at } = strained('level:error');
	event(sink, '{"level":"error"}');
	sink.gap({ from: 0, to: 1, cause: 'it stopped' });
	event(sink, '{"level":"info"}');
	sink.broken(Buffer.from('x'), 'no JSON');
	sink.link({ kind: 'live' });
	sink.dropped(3);
	assert.deepEqual(through, [
		`bus  {"level":"error"} ${at}`,
		'bus gap it stopped',
		'bus broken x: no JSON',
		'bus live',
		'bus dropped 3',
	]);
});

test('what a sensor says of its own blindness is a gap, and passes', () => {
	const { sink, strainer, through, event } = strained('rule:nothing', ['falco']);
	event(
		sink,
		'{"rule":"Falco internal: syscall event drop","priority":"Debug","output_fields":{}}',
	);
	strainer.strain();
	assert.equal(through.length, 1);
});

test('rows of a recording keep the names they bear', () => {
	const { sink, strainer, through, event, at } = strained('sev>=err', []);
	const played = sink.from?.('salt', 'json') ?? assert.fail();
	event(played, '{"level":"error"}', 't');
	strainer.strain();
	assert.deepEqual(through, [`bus>salt/json t {"level":"error"} ${at}`]);
});

test('a burst within one turn is strained before any of it could fall', () => {
	const { sink, strainer, through, event } = strained('n:7');
	for (let at = 0; at < 200_000; at++) event(sink, `{"n":${at % 100_000}}`);
	strainer.strain();
	assert.equal(through.length, 2);
});
