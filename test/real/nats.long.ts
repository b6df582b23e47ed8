import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nats } from '../../connectors/nats.ts';
import { systemClock } from '../../src/core/clock.ts';
import { aSink } from '../support/a-sink.ts';
import { natsLab } from '../support/nats-lab.ts';

test('a server that falls silent is noticed by its missing answers, and the gap starts at the last one', async (t) => {
	const lab = await natsLab(t);
	if (!lab) return;
	const sink = aSink();
	const stop = new AbortController();
	const closed = nats.open(nats.parse({ servers: lab.url }), sink, stop.signal);
	await sink.until('live', () => sink.lastLink() === 'live');
	const silentSince = systemClock.now();
	lab.signal('SIGSTOP');
	await sink.until('the silence is noticed', () => sink.lastLink() === 'stale');
	await sink.until('the connection is given up', () => sink.lastLink() === 'waiting');
	lab.signal('SIGCONT');
	await sink.until('live again', () => sink.lastLink() === 'live');
	const [gap] = sink.gaps;
	assert.equal(gap?.cause, 'the server stopped answering');
	assert.ok(gap.from <= silentSince);
	stop.abort();
	await closed;
});
