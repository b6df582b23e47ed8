import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { type TestContext, test } from 'node:test';
import { saltCli } from '../../src/actions/salt-cli.ts';
import { saltClient } from '../../src/actions/salt-client.ts';
import type { Arrivals } from '../../src/actions/salt-ear.ts';
import { saltRun } from '../../src/actions/salt-run.ts';
import { saltRunner } from '../../src/actions/salt-runner.ts';
import { saltState } from '../../src/actions/salt-state.ts';
import { runCommand } from '../../src/actions/spawn.ts';
import { Doubt, Refusal } from '../../src/core/action.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Tools } from '../../src/core/tools.ts';
import { returnsOn } from '../support/bus-arrivals.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { type SaltLab, saltLab } from '../support/salt-lab.ts';
import { someTools } from '../support/some-tools.ts';

const never = new AbortController().signal;

const motd = `
motd:
  file.managed:
    - name: {{ opts.root_dir }}/motd
    - contents: traffic is limited
`;

/** Nothing is ever heard: as where no source of the engine reads the master's bus. */
const deaf: Arrivals = async function* () {};

function toolsOn(lab: SaltLab, arrivals: Arrivals = returnsOn(lab.bus)): Tools {
	const [path, , config = ''] = lab.command('salt');
	const door = saltCli({ programs: dirname(path), config }, runCommand);
	const salt = saltClient(door, arrivals, systemClock);
	return someTools({ salt: async () => salt, clock: systemClock });
}

function outputOf(told: Awaited<ReturnType<typeof carriedOut>>): string {
	return told.flatMap((one) => (one.kind === 'output' ? one.text : [])).join('');
}

type Play = (lab: SaltLab) => Promise<void>;

function step(t: TestContext, lab: SaltLab, name: string, play: Play): Promise<void> {
	return t.test(name, async (t) => {
		try {
			await play(lab);
		} catch (thrown) {
			t.diagnostic(lab.logs());
			throw thrown;
		}
	});
}

for (const release of ['salt-lts', 'salt'] as const) {
	test(`a real ${release}`, async (t) => {
		const minions = ['web-01', 'web-02'];
		const lab = await saltLab(t, { release, minions, states: { 'motd.sls': motd } });
		if (lab === undefined) return;
		await step(
			t,
			lab,
			'a function runs on the minions that matched, and each return is told',
			ping,
		);
		await step(t, lab, 'arguments arrive as exactly the values they were', argumentsArrive);
		await step(t, lab, 'a function that is not there is a failure', unknownFunction);
		await step(t, lab, 'a target that matches nobody is refused', nobody);
		await step(
			t,
			lab,
			'a state is rehearsed with its changes, applied, and then changes nothing',
			states,
		);
		await step(t, lab, 'without a bus the job cache tells', withoutBus);
		await step(t, lab, 'a runner runs on the master', runner);
		await step(t, lab, 'a minion that is down is named as missing', down);
	});
}

async function ping(lab: SaltLab): Promise<void> {
	const tools = toolsOn(lab);
	const plan = await planned(saltRun, { target: 'web-*', fun: 'test.ping' }, tools);
	assert.deepEqual(
		plan.targets.map(({ name }) => name),
		['web-01', 'web-02'],
	);
	assert.equal(plan.steps[0]?.command, 'salt -L -- web-01,web-02 test.ping');
	assert.equal(await saltRun.precheck(plan, tools, never), undefined);
	const told = await carriedOut(saltRun, plan, tools);
	assert.deepEqual(outputOf(told).trim().split('\n').sort(), ['✓ web-01: true', '✓ web-02: true']);
	assert.match(notesOf(told), /^job \d{20}; 2 of 2 minions answered$/);
}

async function argumentsArrive(lab: SaltLab): Promise<void> {
	const args = [
		'-x',
		'# x',
		'a # b',
		'1_000',
		'0x10',
		'yes',
		'null',
		'',
		' ',
		'{a',
		'[1',
		'"q"',
		"it's",
		'a\nb\tc',
		'ж😀',
		'$(id); `id`',
		'1e3',
		'---',
		'|',
		12,
		-5,
		1.5,
		true,
		null,
		[1, 'x=y'],
		{ k: '-v' },
	];
	const kwargs = { text: 'n=1 # x', list: ['no'], number: -1 };
	const tools = toolsOn(lab);
	const salt = await tools.salt();
	const order = { target: 'web-01', targetType: 'list', fun: 'test.arg', args, kwargs } as const;
	const job = await salt.start(order, never);
	for await (const { data } of job.returns(30_000, never)) {
		const { args: got, kwargs: named } = JSON.parse(JSON.stringify(data));
		assert.deepEqual(got, args);
		assert.deepEqual({ text: named.text, list: named.list, number: named.number }, kwargs);
	}
	assert.deepEqual(job.missing(), []);
}

async function unknownFunction(lab: SaltLab): Promise<void> {
	const tools = toolsOn(lab);
	const plan = await planned(saltRun, { target: 'web-01', fun: 'test.nosuch' }, tools);
	await assert.rejects(carriedOut(saltRun, plan, tools), {
		code: 'failed',
		message: '1 of 1 minions answered; failed: web-01',
	});
}

async function nobody(lab: SaltLab): Promise<void> {
	for (const target of ['db-*', 'db-09']) {
		const plan = planned(saltRun, { target, fun: 'test.ping' }, toolsOn(lab));
		await assert.rejects(plan, (thrown) => thrown instanceof Refusal);
	}
}

async function states(lab: SaltLab): Promise<void> {
	const tools = toolsOn(lab);
	const plan = await planned(saltState, { target: 'web-01', sls: 'motd' }, tools);
	assert.equal(plan.dryRun?.isGood, true);
	assert.equal(plan.dryRun?.says, 'test=True on 1 of 1');
	assert.match(
		plan.dryRun?.lines.join('\n') ?? '',
		/^✓ web-01: 1 state: 1 ok, 1 would change\nfile\.managed .*motd/,
	);
	const told = outputOf(await carriedOut(saltState, plan, tools));
	assert.match(told, /^✓ web-01: 1 state: 1 ok, 1 changed\n {4}file\.managed .*motd\n {4}\+ /);
	const again = await planned(saltState, { target: 'web-01', sls: 'motd', test: true }, tools);
	assert.equal(again.tier, 0);
	assert.match(outputOf(await carriedOut(saltState, again, tools)), /^✓ web-01: 1 state: 1 ok\n$/);
}

async function withoutBus(lab: SaltLab): Promise<void> {
	const tools = toolsOn(lab, deaf);
	const plan = await planned(saltRun, { target: 'web-01', fun: 'test.version' }, tools);
	assert.match(outputOf(await carriedOut(saltRun, plan, tools)), /^✓ web-01: 300[68]\./);
}

async function runner(lab: SaltLab): Promise<void> {
	const tools = toolsOn(lab);
	const plan = await planned(saltRunner, { fun: 'test.arg', args: ['x'], kwargs: { n: 1 } }, tools);
	assert.match(
		outputOf(await carriedOut(saltRunner, plan, tools)),
		/^✓ master: \{"args":\["x"\],"kwargs":\{"n":1\}\}/,
	);
	const unknown = await planned(saltRunner, { fun: 'no.such' }, tools);
	await assert.rejects(carriedOut(saltRunner, unknown, tools), {
		message: /^✗ master \(code \d+\): 'no\.such' is not available\.$/,
	});
}

async function down(lab: SaltLab): Promise<void> {
	const tools = toolsOn(lab);
	const plan = await planned(saltRun, { target: 'web-*', fun: 'test.ping', timeout: '3s' }, tools);
	await lab.killMinion('web-02');
	const told: string[] = [];
	await assert.rejects(
		async () => {
			for await (const one of saltRun.run(plan, tools, never)) {
				if (one.kind === 'output') told.push(one.text);
			}
		},
		(thrown) => {
			assert.ok(thrown instanceof Doubt);
			assert.equal(thrown.message, '1 of 2 minions answered; missing: web-02 (no answer)');
			return true;
		},
	);
	assert.deepEqual(told, ['✓ web-01: true\n']);
}
