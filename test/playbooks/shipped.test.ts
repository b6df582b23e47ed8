import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsIn } from '../../src/cli/sample-events.ts';
import type { Action } from '../../src/core/action.ts';
import { problemText } from '../../src/core/file-problem.ts';
import type { Wish } from '../../src/core/rule.ts';
import { playbookActions } from '../../src/playbooks/actions.ts';
import { compilePlaybooks } from '../../src/playbooks/compile-playbooks.ts';
import { compileRules } from '../../src/rules/compile-rules.ts';
import { disagreement, tried } from '../../src/rules/samples.ts';
import { planned, ran } from '../support/a-playbook.ts';
import { root, testFile } from '../support/files.ts';
import { shippedFiles, shippedWorld } from '../support/shipped.ts';

function inWorld(name: string) {
	const world = shippedWorld();
	const file = shippedFiles().find((one) => one.name === name);
	assert.ok(file, name);
	const { playbooks, problems } = compilePlaybooks([file], world.find, world.names);
	const actions = playbookActions(playbooks, world.find);
	const kinds = new Map(actions.map((action) => [action.kind, action]));
	const catalog = {
		actions: world.names,
		playbooks: playbooks.map((playbook) => playbook.name),
		destinations: ['slack', 'mail', 'sms'],
		check: (action: string, params: unknown) => void kinds.get(action)?.parse(params),
	};
	const rules = compileRules([file], catalog, Date.now(), { elapsedMs: () => 0 });
	const all = [...problems, ...rules.problems].map(problemText);
	return { world, actions, kinds, catalog, book: rules.book, problems: all };
}

function sample(path: string) {
	return eventsIn(testFile(`../playbooks/samples/${path}`).toString(), path);
}

for (const { name } of shippedFiles()) {
	test(`${name}: is in order, and its samples agree`, () => {
		const { book, catalog, problems } = inWorld(name);
		assert.deepEqual(problems, []);
		for (const { id, spec } of book.rules) {
			for (const want of ['match', 'miss'] as const) {
				const files = spec.samples?.[want] ?? [];
				assert.ok(files.length > 0, `${id} has samples to ${want}`);
				for (const file of files) {
					assert.equal(disagreement(want, tried(book, id, sample(file), catalog)), undefined, file);
				}
			}
		}
	});
}

/** What its rule wants for a sample's last event. */
function wished(
	name: string,
	path: string,
): {
	wish: Wish;
	action: Action | undefined;
	world: ReturnType<typeof shippedWorld>;
	undo: Action | undefined;
} {
	const { book, kinds, world } = inWorld(name);
	const wishes = sample(path).flatMap(
		({ event, at }, index) => book.consider(index, event, at).wishes,
	);
	const wish = wishes.at(-1);
	assert.ok(wish);
	return { wish, action: kinds.get(wish.action), world, undo: kinds.get('playbook.undo') };
}

for (const [name, path, tier, calls] of [
	[
		'falco-isolate-pod',
		'falco/shell.json',
		2,
		['k8s.isolate-pod {"namespace":"shop","pod":"checkout-7d9c6b8f5-x2k4q"}'],
	],
	[
		'falco-delete-pod',
		'falco/miner.json',
		3,
		[
			'k8s.logs {"namespace":"shop","pod":"checkout-7d9c6b8f5-x2k4q"}',
			'k8s.delete-pod {"namespace":"shop","pod":"checkout-7d9c6b8f5-x2k4q"}',
		],
	],
	[
		'falco-taint-node',
		'falco/escape.json',
		2,
		[
			'k8s.taint-node {"namespace":"ci","pod":"ci-runner-6b7f9c55d8-jw9xk","key":"falco/alert","value":"true","effect":"NoSchedule"}',
		],
	],
	[
		'salt-remediate-traffic',
		'salt/traffic.json',
		3,
		['salt.state {"target":"web12","sls":"remediate.traffic"}'],
	],
] as const) {
	test(`${name}: an event of its samples leads to these deeds, and those that can be are taken back`, async () => {
		const { wish, action, world, undo } = wished(name, path);
		assert.ok(action);
		const plan = await planned(action, wish.params, world);
		assert.equal(plan.tier, tier);
		const { threw, undo: back } = await ran(action, plan, world);
		assert.equal(threw, undefined);
		assert.deepEqual(
			world.calls.map(([kind, params]) => `${kind} ${JSON.stringify(params)}`),
			calls,
		);
		if (!back || 'none' in back || !undo) return;
		world.calls.length = 0;
		await ran(undo, await planned(undo, back.params, world), world);
		assert.equal(world.calls.length, 1);
	});
}

test('contain-host: collects, locks down, and tells Slack and mail what came of it', async () => {
	const { wish, action, world } = wished('contain-host', 'falco/c2.json');
	assert.ok(action);
	const { threw } = await ran(action, await planned(action, wish.params, world), world);
	assert.equal(threw, undefined);
	assert.deepEqual(
		world.calls.map(([kind]) => kind),
		['host.collect', 'host.lockdown', 'slack.post', 'mail.send'],
	);
	const [, mail] = world.calls.at(-1) ?? [];
	assert.equal(mail?.['subject'], `R-0097 contain ${wish.params['host']}: ok`);
	assert.match(String(mail?.['text']), /evidence: ok.*\nfirewall: ok/);
});

for (const [name, path, to, text] of [
	[
		'falco-notify-slack',
		'falco/miner.json',
		'slack',
		/^CRIT Detect crypto miners using the Stratum protocol\n/,
	],
	['salt-sms', 'salt/load.json', 'sms', /^warn web12: 1m avg 14.2/],
] as const) {
	test(`${name}: an event of its samples is a message that goes by itself`, () => {
		const { wish } = wished(name, path);
		assert.deepEqual([wish.use, wish.action], ['notify', to]);
		assert.match(String(wish.params['text']), text);
	});
}

test('what ships is found by name from the configuration', () => {
	assert.ok(
		shippedFiles().every(({ path }) => testFile(`../${path}`).length > 0),
		root,
	);
});
