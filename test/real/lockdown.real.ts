import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lockdownThatReverts } from '../../src/actions/host-lockdown.ts';
import { hostUnlock } from '../../src/actions/host-unlock.ts';
import { openHost } from '../../src/actions/this-host.ts';
import { Refusal } from '../../src/core/action.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Failure } from '../../src/core/errors.ts';
import type { Tools } from '../../src/core/tools.ts';
import { actionContract } from '../actions/contract.ts';
import { type ARun, finished, notesOf, saidOf, startRun } from '../support/a-run.ts';
import {
	type Caller,
	call,
	type EchoServer,
	echoServer,
	listenIn,
	neighbour,
} from '../support/neighbours.ts';
import { command, inOwnNetwork } from '../support/own-network.ts';
import { someTools } from '../support/some-tools.ts';

const never = new AbortController().signal;
const host = hostname();
const operator = '10.9.0.2';
const stranger = '10.9.1.2';
/** What no test sees the end of, what one looks at before it ends, and what one only waits for. */
const long = lockdownThatReverts(60_000);
const middling = lockdownThatReverts(5000);
const short = lockdownThatReverts(1500);
const ownRules = `table ip filter {
	set known { type ipv4_addr; elements = { 192.0.2.1 } }
	chain input {
		type filter hook input priority filter; policy accept;
		ip saddr @known counter accept
		counter
	}
}
table inet other {
	chain out {
		type filter hook output priority 5; policy accept;
		ip daddr 192.0.2.9 counter drop
	}
}
`;

inOwnNetwork(import.meta.url, () => {
	let ssh: EchoServer;
	let web: EchoServer;

	before(async () => {
		neighbour('operator', 0);
		neighbour('stranger', 1);
		ssh = await echoServer(22);
		web = await echoServer(8080);
	});
	after(() => {
		for (const { server } of [ssh, web]) server.close();
	});
	beforeEach(() => {
		command('nft', 'flush', 'ruleset');
		command('nft', ownRules);
	});

	const olga = (t: TestContext) => call(t, 'operator', '10.9.0.1', 22, operator);
	const foe = (t: TestContext) => call(t, 'stranger', '10.9.1.1', 8080, stranger);

	actionContract(long, { target: host, params: { ssh: ['10.9.0.0/24'] }, tools: () => toolsFor() });
	actionContract(hostUnlock, { target: host, tools: () => toolsFor() });

	test('the plan says what goes silent and what stays open, and changes nothing', async (t) => {
		const login = await olga(t);
		await foe(t);
		const deed = await planned(toolsFor(login));
		assert.match(deed.blast[0] ?? '', /1 of 2 open connections go silent/u);
		assert.match(deed.blast[1] ?? '', /to port 22 from 10\.9\.0\.2$/u);
		assert.match(deed.blast[2] ?? '', /reaches nothing else/u);
		assert.equal(deed.dryRun?.isGood, true);
		assert.equal(tableStands(), false);
	});

	test('a lockdown that would shut out the operator, or everybody, is refused', async (t) => {
		const login = await olga(t);
		const elsewhere = { ssh: ['10.77.0.0/16'] };
		await assert.rejects(planned(toolsFor(login), elsewhere), isRefusal(/lock you out/u));
		const configured = toolsFor(login, { host: elsewhere });
		await assert.rejects(planned(configured), isRefusal(/lock you out/u));
		await assert.rejects(planned(toolsFor()), isRefusal(/nobody could log in/u));
		const nameless = toolsFor(login, { host: { keep: ['hub.invalid:4222'] } });
		await assert.rejects(planned(nameless), isRefusal(/hub\.invalid .* has no address/u));
	});

	test('it closes all but the kept paths, and opens by itself where nobody confirms', async (t) => {
		const [login, enemy] = [await olga(t), await foe(t)];
		await listenIn(t, 'operator', 4222);
		const tools = toolsFor(login, { host: { keep: [`${operator}:4222`] } });
		const run = await startRun(middling, { host }, tools);
		await run.reaches(3);

		assert.equal(await login.echo('still here'), 'still here');
		assert.equal(await (await olga(t)).echo('and anew'), 'and anew');
		assert.equal(await greeting(`${operator}`, 4222), 'welcome\n');
		await saysInVain(enemy);
		assert.deepEqual(web.heard.get(enemy.port), []);

		await assert.rejects(
			run.over,
			isFailure(/no new SSH login said eventctl confirm R-0098 in time/u),
		);
		assert.equal(tableStands(), false);
		assert.equal(existsSync('/run/eventctl/lockdown.json'), false);
		await until(() => web.heard.get(enemy.port)?.length === 1);
	});

	test('a new login keeps it; an old one, a foreign one or none does not', async (t) => {
		const old = await olga(t);
		const run = await startRun(long, { host }, toolsFor(old));
		await run.reaches(3);
		await refuses(undefined, /this is no SSH login/u);
		await refuses('127.0.0.1 5 127.0.0.1 22', /loopback/u);
		await refuses(`${stranger} 5 10.9.1.1 22`, /not among those kept/u);
		await refuses(`${operator} 5 10.9.0.1 2222`, /not the one kept open/u);
		await refuses(old.ssh, /older than the rules/u);
		await refuses(`${operator} 5 10.9.0.1 22`, /not there any more/u);
		const fresh = await olga(t);
		await refuses(fresh.ssh, /R-0001 is no lockdown that waits/u, 'R-0001');
		assert.match(await confirmed(fresh.ssh), /R-0098: kept, confirmed from 10\.9\.0\.2/u);
		await run.over;
		assert.match(saidOf(run.progress, 3), /confirmed from 10\.9\.0\.2/u);
		assert.equal(tableStands(), true);
		await finished(hostUnlock, { host }, toolsFor(old));
	});

	test('unlock restores the very ruleset, and no cut connection comes back to life', async (t) => {
		const [login, enemy] = [await olga(t), await foe(t)];
		const earlier = ruleset();
		const run = await locked(t, toolsFor(login));
		await saysInVain(enemy);

		const params = undoOf(run);
		const opened = await finished(hostUnlock, params, toolsFor(login));
		assert.equal(ruleset(), earlier);
		assert.deepEqual(notesOf(opened), []);
		assert.match(saidOf(opened, 0), /1 ended/u);
		assert.equal(await login.echo('as before'), 'as before');
		assert.deepEqual(web.heard.get(enemy.port), []);
		await assert.rejects(run.over, isFailure(/unlocked before anybody confirmed/u));

		const again = await finished(hostUnlock, params, toolsFor(login));
		assert.deepEqual(notesOf(again), ['already: no lockdown stands']);
	});

	test('unlock tells what others changed in the ruleset since', async (t) => {
		const login = await olga(t);
		await locked(t, toolsFor(login));
		command('nft', 'add', 'table', 'inet', 'newcomer');
		const opened = await finished(hostUnlock, { host }, toolsFor(login));
		assert.match(notesOf(opened)[0] ?? '', /not as it was saved: \+ table inet newcomer/u);
	});

	test('of two lockdowns at once one closes the host, the other is refused', async (t) => {
		const login = await olga(t);
		const runs = await Promise.all([1, 2].map(() => startRun(short, { host }, toolsFor(login))));
		const ends = await Promise.allSettled(runs.map(({ over }) => over));
		const reasons = ends.map((end) => (end.status === 'rejected' ? end.reason : undefined));
		assert.equal(reasons.filter((reason) => reason instanceof Refusal).length, 1);
		assert.equal(reasons.filter(isFailure(/in time/u)).length, 1);
		assert.equal(tableStands(), false);
	});

	test('while one stands another is not even planned', async (t) => {
		const login = await olga(t);
		await locked(t, toolsFor(login));
		await assert.rejects(planned(toolsFor(login)), isRefusal(/is locked down already/u));
		await finished(hostUnlock, { host }, toolsFor(login));
	});

	test('a run that is killed while it waits opens the host at once', async (t) => {
		const stop = new AbortController();
		const run = await startRun(long, { host }, toolsFor(await olga(t)), stop.signal);
		await run.reaches(3);
		stop.abort();
		await assert.rejects(run.over, isFailure(/stopped before anybody confirmed/u));
		assert.equal(tableStands(), false);
	});

	test('the revert outlives a kill -9 of whoever locked the host', async (t) => {
		const login = await olga(t);
		const program = fileURLToPath(new URL('../support/locking-program.js', import.meta.url));
		const child = spawn(process.execPath, [program, host, '1500'], {
			env: { ...process.env, SSH_CONNECTION: login.ssh },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(child.stdout, 'data');
		assert.equal(tableStands(), true);
		child.kill('SIGKILL');
		await once(child, 'close');
		await until(() => !tableStands());
		await refuses((await olga(t)).ssh, /too late/u);
	});
});

function toolsFor(login?: Caller, settings: Tools['settings'] = {}): Tools {
	const env = { SSH_CONNECTION: login?.ssh ?? '' };
	const open = (name: string) => openHost(name, env);
	return someTools({ run: 'R-0098', clock: systemClock, settings, host: open });
}

function planned(tools: Tools, params: object = {}) {
	return long.plan(long.parse({ host, ...params }), tools, never);
}

/** A lockdown that waits for its confirmation. */
async function locked(t: TestContext, tools: Tools): Promise<ARun> {
	const stop = new AbortController();
	const run = await startRun(long, { host }, tools, stop.signal);
	t.after(async () => {
		stop.abort();
		await run.over.catch(() => {});
	});
	await run.reaches(3);
	return run;
}

function undoOf({ progress }: ARun): unknown {
	const undo = progress.findLast((told) => told.kind === 'undo')?.undo;
	return undo && 'params' in undo ? undo.params : undefined;
}

/** What the neighbour says is dropped by the lockdown, seen by its counter. */
async function saysInVain(caller: Caller): Promise<void> {
	const before = dropped();
	caller.say('are you there?');
	await until(() => dropped() > before);
}

function dropped(): number {
	const chain = command('nft', 'list', 'chain', 'inet', 'eventctl_lockdown', 'in_guard');
	return Number(/counter packets (\d+)/u.exec(chain)?.[1]);
}

function tableStands(): boolean {
	return command('nft', 'list', 'tables').includes('inet eventctl_lockdown');
}

function ruleset(): string {
	return command('nft', '-s', 'list', 'ruleset');
}

/** What a server says to whoever connects. */
function greeting(address: string, port: number): Promise<string> {
	return text(connect(port, address));
}

/** Runs the real verb in a login of its own. */
async function confirm(
	ssh: string | undefined,
	run: string,
): Promise<{ code: number; says: string }> {
	const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
	const env = { PATH: process.env['PATH'], SSH_CONNECTION: ssh ?? '' };
	const child = spawn(process.execPath, [program, 'confirm', run], {
		env,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let says = '';
	child.stderr.on('data', (bytes) => {
		says += String(bytes);
	});
	const [code] = await once(child, 'close');
	return { code: Number(code), says };
}

async function refuses(ssh: string | undefined, why: RegExp, run = 'R-0098'): Promise<void> {
	const { code, says } = await confirm(ssh, run);
	assert.match(says, why);
	assert.equal(code, 7);
}

async function confirmed(ssh: string): Promise<string> {
	const { code, says } = await confirm(ssh, 'R-0098');
	assert.equal(code, 0, says);
	return says;
}

/** Looks until it holds: what the kernel or another process does rings no bell here. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await wait(20);
}

function isRefusal(says: RegExp) {
	return (thrown: unknown) => thrown instanceof Refusal && says.test(thrown.message);
}

function isFailure(says: RegExp) {
	return (thrown: unknown) => thrown instanceof Failure && says.test(thrown.message);
}
