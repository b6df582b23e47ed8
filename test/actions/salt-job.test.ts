import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MinionOrder, SaltReturn } from '../../src/core/salt-tool.ts';
import { aSaltMaster, isWell, type SaltMaster } from '../support/a-salt-master.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const never = new AbortController().signal;
const order: MinionOrder = {
	target: 'web-01,web-02',
	targetType: 'list',
	fun: 'test.ping',
	args: [],
	kwargs: {},
};
const silent = () => undefined;

async function collected(returns: AsyncIterable<SaltReturn>): Promise<readonly string[]> {
	const found: string[] = [];
	for await (const { minion, isGood, data } of returns) found.push(`${minion} ${isGood} ${data}`);
	return found.sort();
}

async function started(master: SaltMaster, clock: FakeClock, timeoutMs = 30_000) {
	const job = await master.salt(clock).start(order, never);
	return { job, found: collected(job.returns(timeoutMs, never)) };
}

test('who answered before the job’s id was known is heard', async () => {
	const clock = fakeClock();
	const { job, found } = await started(aSaltMaster({ 'web-01': isWell, 'web-02': isWell }), clock);
	assert.deepEqual(await found, ['web-01 true true', 'web-02 true true']);
	assert.deepEqual(job.missing(), []);
	assert.deepEqual(clock.pending(), []);
});

test('without a bus the job cache is looked into, more and more seldom', async () => {
	const master = aSaltMaster({ 'web-01': isWell, 'web-02': silent });
	master.isHeard = false;
	const clock = fakeClock();
	const { job, found } = await started(master, clock, 100_000);
	for (const ms of [2000, 4000, 8000, 16_000, 16_000]) {
		await clock.until('the next look', () => clock.pending()[0] === ms);
		clock.advance(ms);
	}
	master.cache.set(job.jid, { 'web-02': { return: 'late' } });
	await clock.until('the next look', () => clock.pending()[0] === 16_000);
	clock.advance(16_000);
	assert.deepEqual(await found, ['web-01 true true', 'web-02 true late']);
	assert.equal(master.lookups(), 6);
});

test('what a minion fires under another’s tag is no return', async () => {
	const master = aSaltMaster({ 'web-01': silent, 'web-02': isWell });
	const clock = fakeClock();
	const { job, found } = await started(master, clock);
	const tag = `salt/job/${job.jid}/ret/web-01`;
	const forged = { id: 'web-01', jid: job.jid, return: 'forged', retcode: 0, success: true };
	master.emit(tag, { ...forged, cmd: '_minion_event' });
	master.emit(tag, { ...forged, id: 'web-02' });
	master.emit(tag, { ...forged, jid: '20261121093000000099' });
	master.emit(tag, 'nonsense');
	master.emit(tag, { ...forged, return: 'real' });
	assert.deepEqual(await found, ['web-01 true real', 'web-02 true true']);
});

test('who is silent is asked once whether it is still at it, and then waited for again', async () => {
	const master = aSaltMaster({
		'web-01': ({ fun }) => (fun === 'saltutil.find_job' ? { return: { pid: 7 } } : undefined),
		'web-02': ({ fun }) => (fun === 'saltutil.find_job' ? { return: {} } : undefined),
	});
	const clock = fakeClock();
	const { job, found } = await started(master, clock);
	await clock.until('the wait', () => clock.pending().length > 0);
	clock.advance(30_000);
	await clock.until('the second wait', () => clock.pending().includes(30_000));
	assert.deepEqual(
		master.orders.map(({ fun, target, args }) => [fun, target, args]),
		[
			['test.ping', 'web-01,web-02', []],
			['saltutil.find_job', 'web-01,web-02', [job.jid]],
		],
	);
	clock.advance(30_000);
	assert.deepEqual(await found, []);
	assert.deepEqual(job.missing(), [
		{ minion: 'web-01', isRunning: true },
		{ minion: 'web-02', isRunning: false },
	]);
	assert.deepEqual(clock.pending(), []);
});

test('a stop ends the wait, and nobody is asked anything more', async () => {
	const master = aSaltMaster({ 'web-01': silent, 'web-02': silent });
	const clock = fakeClock();
	const stop = new AbortController();
	const job = await master.salt(clock).start(order, stop.signal);
	const found = collected(job.returns(30_000, stop.signal));
	await clock.until('the wait', () => clock.pending().length > 0);
	stop.abort();
	assert.deepEqual(await found, []);
	assert.equal(master.orders.length, 1);
	assert.deepEqual(clock.pending(), []);
});
