import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { confirmLockdown } from '../../src/actions/confirm-lockdown.ts';
import { endConnections, listConnections } from '../../src/actions/connections.ts';
import { hostCollect } from '../../src/actions/host-collect.ts';
import { hostLockdown } from '../../src/actions/host-lockdown.ts';
import { hostUnlock } from '../../src/actions/host-unlock.ts';
import { Refusal } from '../../src/core/action.ts';
import { systemClock } from '../../src/core/clock.ts';
import { labHost } from '../../src/lab/host-client.ts';
import { HostDoor } from '../../src/lab/host-door.ts';
import { labHosts } from '../../src/lab/hosts.ts';
import { LabHost } from '../../src/lab/lab-host.ts';
import { aBell } from '../support/a-bell.ts';
import { carriedOut, planned } from '../support/done.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { someTools } from '../support/some-tools.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;

/** web12 behind its door, and tools that reach it. */
async function aHost(t: TestContext) {
	const clock = fakeClock();
	const { web12 } = labHosts();
	const bell = aBell();
	const waiting: string[] = [];
	const inside = new LabHost(web12, clock, (run) => {
		waiting.push(run);
		bell.ring();
	});
	const door = new HostDoor(new Map([['web12', inside]]));
	const path = join(tempFolder(t), 'hosts.ipc');
	await door.open(path);
	t.after(() => door.close());
	const host = labHost(path, 'web12');
	const settings = { host: { ssh: ['10.0.0.4'], keep: ['10.0.0.2:4505'] } };
	const tools = (run: string) =>
		someTools({ run, clock, settings, host: () => Promise.resolve(host) });
	/** The rules are in force, the lock is free again, and the run looks for its confirmation. */
	const waits = async () => {
		await bell.until('a lockdown that waits', () => waiting.length > 0);
		await clock.until('its next look', () => clock.pending().length > 1);
	};
	return { clock, web12, inside, host, tools, waits, path };
}

test('a host of the lab is locked down, kept by a new login, and opened again as it was', async (t) => {
	const { clock, web12, inside, host, tools, waits } = await aHost(t);
	const plan = await planned(hostLockdown, { host: 'web12' }, tools('R-0001'));
	assert.equal(web12.isLocked, false);
	const running = carriedOut(hostLockdown, plan, tools('R-0001'));
	await waits();
	assert.equal(web12.isLocked, true);
	assert.equal(await confirmLockdown('R-0001', inside.logIn(), host, never), '10.0.0.4');
	clock.advance(1000);
	await running;
	const undo = await planned(hostUnlock, { host: 'web12' }, tools('R-0002'));
	const told = await carriedOut(hostUnlock, undo, tools('R-0002'));
	assert.equal(web12.isLocked, false);
	assert.match(JSON.stringify(told), /as before, line by line/);
});

test('a lockdown nobody confirms reverts by itself', async (t) => {
	const { clock, web12, tools, waits } = await aHost(t);
	const plan = await planned(hostLockdown, { host: 'web12' }, tools('R-0001'));
	const running = carriedOut(hostLockdown, plan, tools('R-0001'));
	await waits();
	clock.advance(60_000);
	assert.equal(web12.isLocked, false);
	await assert.rejects(running, /open as before/);
});

test('a lock is held until it is released, and others are told so', async (t) => {
	const { host } = await aHost(t);
	const release = await host.lock('lockdown');
	await assert.rejects(host.lock('lockdown'), Refusal);
	await release();
	await (await host.lock('lockdown'))();
});

test('a host that the lab does not have is said to be none', async (t) => {
	const { path } = await aHost(t);
	await assert.rejects(labHost(path, 'web1').bootId(), /the lab has no host web1/);
});

test('a program that the lab does not have fails as a missing one does', async (t) => {
	const { host } = await aHost(t);
	const { exitCode, stderr } = await host.command(['reboot'], { timeoutMs: 1000 }, never);
	assert.deepEqual([exitCode, stderr], [127, 'reboot: the lab has no such program\n']);
});

test('the connections that `ss -K` names end, and no other', async (t) => {
	const { host } = await aHost(t);
	const before = await listConnections(host, never);
	const [ending] = before.filter(({ peer }) => peer.address === '203.0.113.7');
	assert.ok(ending);
	assert.deepEqual(await endConnections([ending], host, never), []);
	const after = await listConnections(host, never);
	assert.deepEqual([before.length - after.length, after.includes(ending)], [1, false]);
});

test('evidence of a host of the lab is whole, and its archive one that tar reads', async (t) => {
	const { host, tools } = await aHost(t);
	const folder = tempFolder(t);
	const settings = { host: { collect: { folder } } };
	const own = { ...tools('R-0003'), clock: systemClock, settings };
	const plan = await planned(hostCollect, { host: host.name }, own);
	const told = await carriedOut(hostCollect, plan, own);
	assert.doesNotMatch(JSON.stringify(told), /not whole/);
	const archive = join(folder, 'R-0003-web12/var-log.tar.gz');
	const { stdout } = spawnSync('tar', ['-tzf', archive], { encoding: 'utf8' });
	assert.equal(stdout, 'var/log/auth.log\n');
});
