import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deskFor } from '../../src/cli/desk.ts';
import { engineFor } from '../../src/cli/engine-for.ts';
import { plan } from '../../src/cli/plan.ts';
import type { Approval } from '../../src/core/approval.ts';
import { needOf } from '../../src/core/need.ts';
import type { FromEngine } from '../../src/core/session.ts';
import { aBell } from '../support/a-bell.ts';
import { aTwilio, twilioAccount, twilioToken } from '../support/a-twilio.ts';
import { type SaltLab, saltLab } from '../support/salt-lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const patienceMs = 120_000;
const limit = `
limit:
  file.managed:
    - name: {{ opts.root_dir }}/limit
    - contents: traffic is limited
`;
const rules = `
- id: abnormal-traffic
  match: 'format:salt tag:salt/beacon/*/traffic/*'
  notify:
    - { to: oncall-sms, text: '{{ host }} sends {{ data.data.mbit }} Mbit/s' }
  suggest:
    - action: salt.state
      with: { target: '{{ data.data.who }}', sls: limit, timeout: 5s }
      expires: 5m
`;

/** The engine with its desk over a real master, and one console that keeps what it is told. */
async function aDesk(t: TestContext, lab: SaltLab) {
	const twilio = await aTwilio(t);
	const home = tempFolder(t);
	const [path, , config = ''] = lab.command('salt');
	const login = { account: 'env:SID', token: 'env:TOKEN', base: twilio.base };
	const settings = {
		sources: { salt: { kind: 'salt', ...lab.master } },
		salt: { programs: dirname(path), config },
		notify: { 'oncall-sms': { kind: 'twilio.sms', from: '+15550100', to: '+15550101', ...login } },
		rules: [join(home, 'rules.yaml')],
		store: { kind: 'memory' },
	};
	writeFileSync(join(home, 'rules.yaml'), rules, { mode: 0o600 });
	writeFileSync(join(home, 'config.yaml'), JSON.stringify(settings), { mode: 0o600 });
	const wanted = {
		options: { config: join(home, 'config.yaml') },
		env: { HOME: home, XDG_DATA_HOME: home, SID: twilioAccount, TOKEN: twilioToken },
		stdinIsPiped: false,
	};
	const planned = await plan(wanted);
	const engine = engineFor(planned);
	const bell = aBell(patienceMs);
	const told: FromEngine[] = [];
	const session = engine.connect((message) => {
		told.push(message);
		bell.ring();
	});
	engine.start();
	await engine.open(await deskFor(engine, planned, wanted));
	t.after(() => engine.stop());

	const approvals = () =>
		told.flatMap((message) => (message.type === 'approvals' ? message.list : [])).reverse();
	const when = async (what: string, is: (approval: Approval) => boolean): Promise<Approval> => {
		await bell.until(what, () => approvals().some(is));
		const found = approvals().find(is);
		assert.ok(found);
		return found;
	};
	return {
		twilio,
		when,
		live: () =>
			bell.until('the bus', () => JSON.stringify(told, plainly).includes('"kind":"live"')),
		suggested: (action: string, not = '') =>
			when(
				action,
				({ id, plan, stage }) => plan.action === action && stage.kind === 'proposed' && id !== not,
			),
		approve({ id, plan, contentHash }: Approval) {
			const { typedName = '' } = needOf(plan, contentHash);
			session.receive({ type: 'approved', approval: id, contentHash, typedName, reason: 'drill' });
			return when('an outcome', (one) => one.id === id && 'endedAt' in one.stage);
		},
		async output({ id }: Approval): Promise<string> {
			session.receive({ type: 'output.wanted', approval: id });
			const of = () => told.findLast((one) => one.type === 'output' && one.approval === id);
			await bell.until('the output', () => of() !== undefined);
			const found = of();
			return found?.type === 'output' ? found.lines.map(({ text }) => text).join('') : '';
		},
	};
}

function plainly(_key: string, value: unknown): unknown {
	return typeof value === 'bigint' ? String(value) : value;
}

test('a beacon is told by a text message, and what its rule suggests is applied when approved', async (t) => {
	const minions = ['web-01', 'web-02'];
	const lab = await saltLab(t, { release: 'salt-lts', minions, states: { 'limit.sls': limit } });
	if (lab === undefined) return;
	const desk = await aDesk(t, lab);
	await desk.live();
	const beacon = (who: string) =>
		lab.run(
			'salt-call',
			['event.send', 'salt/beacon/web-01/traffic/', `{"mbit": 940, "who": "${who}"}`],
			'web-01',
		);

	await beacon('web-01');
	const suggestion = await desk.suggested('salt.state');
	assert.equal(suggestion.plan.rule?.id, 'abnormal-traffic');
	assert.equal(suggestion.plan.tier, 3);
	assert.match(suggestion.plan.dryRun?.lines.join('\n') ?? '', /1 would change/);
	await desk.when(
		'the message',
		({ plan, stage }) => plan.action === 'twilio.sms' && stage.kind === 'ok',
	);
	assert.deepEqual(
		desk.twilio.sent().map(({ Body }) => Body),
		['web-01 sends 940 Mbit/s'],
	);
	const applied = await desk.approve(suggestion);
	assert.equal(applied.stage.kind, 'ok', JSON.stringify(applied.stage));
	assert.match(await desk.output(applied), /^✓ web-01: 1 state: 1 ok, 1 changed/);

	await beacon('web-*');
	const wide = await desk.suggested('salt.state', suggestion.id);
	assert.deepEqual(
		wide.plan.targets.map(({ name }) => name),
		minions,
	);
	await lab.killMinion('web-02');
	const ended = await desk.approve(wide);
	assert.equal(ended.stage.kind, 'unknown', JSON.stringify(ended.stage));
	assert.ok('reason' in ended.stage);
	assert.match(ended.stage.reason ?? '', /1 of 2 minions answered; missing: web-02 \(no answer\)/);
	assert.match(await desk.output(ended), /^✓ web-01: 1 state: 1 ok/);
});
