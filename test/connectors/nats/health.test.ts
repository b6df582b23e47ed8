import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors, type Status } from 'nats';
import { Backoff } from '../../../connectors/nats/backoff.ts';
import { Health } from '../../../connectors/nats/health.ts';
import { aSink } from '../../support/a-sink.ts';
import { fakeClock } from '../../support/fake-clock.ts';

type Word = Status['type'] | Error | number;

function status(word: Word): Status {
	if (word instanceof Error) return { type: 'error', error: word };
	if (typeof word === 'number') return { type: 'ping', pendingPings: word };
	return { type: word, server: 'h:1' } as Status;
}

/** A connection's story: each word a second after the last. Returns the gap that the last one made. */
function told(words: readonly Word[], { serverId = 'a', backTo = 'a' } = {}) {
	const clock = fakeClock();
	const start = clock.now();
	const sink = aSink();
	const health = new Health(sink, clock, new Backoff(() => 0));
	const connection = { info: { server_id: serverId } };
	health.connected(connection);
	let gap: ReturnType<Health['hear']>;
	for (const word of words) {
		clock.advance(1000);
		if (word === 'reconnect') connection.info = { server_id: backTo };
		gap = health.hear(status(word), connection);
	}
	const seconds = gap && `${(gap.from - start) / 1000}–${(gap.to - start) / 1000}`;
	return { gap, seconds, links: sink.links };
}

test('a closed connection is a gap from the close to the return', () => {
	const { gap, seconds } = told(['disconnect', 'reconnecting', 'reconnecting', 'reconnect'], {
		backTo: 'b',
	});
	assert.equal(seconds, '1–4');
	assert.equal(gap?.cause, 'the connection was lost');
});

test('a server that fell silent was last known whole at the ping it answered', () => {
	const silent = [
		1,
		1,
		2,
		3,
		'staleConnection',
		'disconnect',
		'reconnecting',
		'reconnect',
	] as const;
	const { gap, seconds } = told(silent);
	assert.equal(seconds, '1–8');
	assert.equal(gap?.cause, 'the server stopped answering');
});

test('a server that owes an answer to a ping is called silent at the next one, and live when it answers', () => {
	const { links } = told([1, 2, 1, 1]);
	assert.deepEqual(
		links.map((link) => (link.kind === 'stale' ? link.since : link.kind)),
		[fakeClock().now(), 'live'],
	);
});

test('a cut that is mended at the first try by the same server was meant for us', () => {
	const cut = [1, 1, 'disconnect', 'reconnecting', 'reconnect'] as const;
	const { gap, seconds } = told(cut);
	assert.equal(seconds, '1–5');
	assert.match(gap?.cause ?? '', /as it does with slow readers/);
	assert.equal(told(cut, { backTo: 'b' }).gap?.cause, 'the connection was lost');
	const later = [1, 1, 'disconnect', 'reconnecting', 'reconnecting', 'reconnect'] as const;
	assert.equal(told(later).gap?.cause, 'the connection was lost');
});

test('what the server said last is the cause; a denied subject is not', () => {
	const end = ['disconnect', 'reconnecting', 'reconnect'] as const;
	assert.equal(
		told([new errors.ProtocolError('Slow Consumer'), ...end]).gap?.cause,
		'the server ended the connection: Slow Consumer',
	);
	const denied = new errors.PermissionViolationError('no', 'publish', 'a', undefined);
	assert.doesNotMatch(told([denied, ...end]).gap?.cause ?? '', /: no/);
});

test('each try is told with its number and its time', () => {
	const { links } = told(['disconnect', 'reconnecting', 'reconnecting']);
	assert.deepEqual(
		links.map((link) => link.kind === 'waiting' && [link.attempt, link.reason]),
		[
			[0, 'the connection was lost'],
			[1, 'the connection was lost'],
			[2, 'the connection was lost'],
		],
	);
});

test('a loss that ended a whole session is still a gap for the next', () => {
	const clock = fakeClock();
	const health = new Health(aSink(), clock, new Backoff());
	const connection = { info: { server_id: 'a' } };
	assert.equal(health.connected(connection), undefined);
	health.lost('the password was changed');
	assert.equal(health.isOnline, false);
	clock.advance(60_000);
	health.lost('said again');
	const gap = health.connected(connection);
	assert.equal(gap && gap.to - gap.from, 60_000);
	assert.equal(gap?.cause, 'the password was changed');
	assert.equal(health.isOnline, true);
});
