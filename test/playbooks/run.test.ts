import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPlaybook, done, planned, ran } from '../support/a-playbook.ts';
import { toyWorld } from '../support/toy-actions.ts';

const tell =
	"finally: [{ id: tell, action: toy.tell, with: { on: team, text: '{{ outcome }} {{ reason }}' } }]";

function steps(...lines: readonly string[]): string {
	return `- name: p\n  input: [{ name: host, default: web12 }]\n  steps:\n${lines.map((line) => `    - ${line}\n`).join('')}  ${tell}`;
}

test('steps run in order, then the last ones, and each tells as a part of the whole', async () => {
	const { world, told, threw } = await done(
		steps(
			'{ id: look, action: toy.look, with: { on: x } }',
			'{ id: tag, action: toy.tag, with: { on: y } }',
		),
	);
	assert.equal(threw, undefined);
	assert.deepEqual(world.did, ['look x', 'tag y', 'tell team: ok ']);
	assert.deepEqual(
		told.flatMap((one) => (one.kind === 'step' && one.state === 'done' ? [one.step] : [])),
		[0, 1, 2],
	);
	const outputs = told.flatMap((one) => (one.kind === 'output' ? [`${one.step} ${one.text}`] : []));
	assert.deepEqual(outputs, ['0 look x printed', '1 tag y printed', '2 tell team printed']);
});

test('what a step publishes reaches those that only tell', async () => {
	const { world } = await done(
		steps(
			"{ id: look, action: toy.look, with: { on: x }, publish: { seen: '{{ out | upper }}' } }",
			"{ id: say, action: toy.tell, with: { on: me, text: '{{ seen }} {{ steps.look.outcome }}' } }",
		),
	);
	assert.deepEqual(world.did.slice(0, 2), ['look x', 'tell me: LOOK X PRINTED ok']);
});

test('a failure ends it, names the step, and the last ones still run', async () => {
	const { world, threw } = await done(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x } }',
			'{ id: lock, action: toy.lock, with: { on: y, text: fails } }',
			'{ id: wipe, action: toy.wipe, with: { on: z } }',
		),
	);
	assert.equal(threw, 'Error: lock: lock y failed');
	assert.deepEqual(world.did, ['tag x', 'lock y: fails', 'tell team: failed lock: lock y failed']);
});

test('on_error: continue goes on and says what was passed over', async () => {
	const { world, threw } = await done(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x, text: fails }, on_error: continue }',
			'{ id: lock, action: toy.lock, with: { on: y } }',
		),
	);
	assert.equal(threw, undefined);
	assert.deepEqual(world.did, ['tag x: fails', 'lock y', 'tell team: ok tag: tag x failed']);
});

test('on_error: goto leads to a later step', async () => {
	const { world } = await done(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x, text: fails }, on_error: { goto: wipe } }',
			'{ id: lock, action: toy.lock, with: { on: y } }',
			'{ id: wipe, action: toy.wipe, with: { on: z } }',
		),
	);
	assert.deepEqual(world.did.slice(0, 2), ['tag x: fails', 'wipe z']);
});

test('on_error: rollback takes back what was done, the last first', async () => {
	const { world, threw, undo } = await done(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x } }',
			'{ id: lock, action: toy.lock, with: { on: y } }',
			'{ id: look, action: toy.look, with: { on: z, text: fails }, on_error: rollback }',
		),
	);
	assert.deepEqual(world.did.slice(0, 5), [
		'tag x',
		'lock y',
		'look z: fails',
		'unlock y',
		'untag x',
	]);
	assert.match(threw ?? '', /look: look z failed; what was done is taken back/);
	assert.ok(undo && 'none' in undo);
});

test('a refusal before anything was touched is a refusal of the whole', async () => {
	const { threw } = await done(
		steps('{ id: lock, action: toy.lock, with: { on: y, text: refuses } }'),
	);
	assert.match(threw ?? '', /^Refusal: lock: lock y is refused/);
});

test('a refusal after something was done is a failure', async () => {
	const { threw } = await done(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x } }',
			'{ id: lock, action: toy.lock, with: { on: y, text: refuses } }',
		),
	);
	assert.match(threw ?? '', /^Error: lock: /);
});

test('a doubt is a doubt of the whole, whatever on_error says, and nothing is tried again', async () => {
	const { threw, world } = await done(
		steps(
			'{ id: lock, action: toy.lock, with: { on: y, text: doubts }, retry: { count: 3 }, on_error: continue }',
			'{ id: wipe, action: toy.wipe, with: { on: z } }',
		),
	);
	assert.match(threw ?? '', /^Doubt: lock: nobody knows/);
	assert.deepEqual(
		world.did.map((did) => did.split(' ')[0]),
		['lock', 'tell'],
	);
});

test('a target that changed is refused right before its step', async () => {
	const text = steps(
		'{ id: tag, action: toy.tag, with: { on: x } }',
		'{ id: lock, action: toy.lock, with: { on: y, text: changed } }',
	);
	const { action, world } = aPlaybook(text);
	const plan = await planned(action, {}, world);
	assert.equal(
		await action.precheck(plan, world.tools, new AbortController().signal),
		'lock: target changed',
	);
	assert.match((await ran(action, plan, world)).threw ?? '', /lock: target changed/);
	assert.deepEqual(world.did.slice(0, 1), ['tag x']);
});

test('a retry waits and tries again', async () => {
	const world = toyWorld();
	const { action } = aPlaybook(
		steps(
			'{ id: lock, action: toy.lock, with: { on: y, text: once }, retry: { count: 2, delay: 5s } }',
		),
		world,
	);
	const plan = await planned(action, {}, world);
	const { threw } = await ran(action, plan, world, undefined, (told) => {
		if (told.kind === 'output' && told.text.includes('again in 5 s')) {
			void world.clock
				.until('the pause', () => world.clock.pending().includes(5000))
				.then(() => world.clock.advance(5000));
		}
	});
	assert.equal(threw, undefined);
	assert.deepEqual(world.did.slice(0, 2), ['lock y: once', 'lock y: once']);
});

test('a step that takes longer than its timeout is cut', async () => {
	const world = toyWorld();
	const { action } = aPlaybook(
		steps('{ id: lock, action: toy.lock, with: { on: y, text: hangs }, timeout: 30s }'),
		world,
	);
	const plan = await planned(action, {}, world);
	const { threw } = await ran(action, plan, world, undefined, (told) => {
		if (told.kind === 'step' && told.state === 'started') world.clock.advance(30_000);
	});
	assert.match(threw ?? '', /lock: it took longer than 30 s/);
	assert.match(world.did.at(-1) ?? '', /^tell team: failed/);
});

test('a killed run does its last steps and nothing else', async () => {
	const world = toyWorld();
	const stop = new AbortController();
	const { action } = aPlaybook(
		steps(
			'{ id: lock, action: toy.lock, with: { on: y, text: hangs }, on_error: continue }',
			'{ id: wipe, action: toy.wipe, with: { on: z } }',
		),
		world,
	);
	const { threw } = await ran(
		action,
		await planned(action, {}, world),
		world,
		stop.signal,
		(told) => {
			if (told.kind === 'step' && told.state === 'started') stop.abort();
		},
	);
	assert.match(threw ?? '', /^Error: lock: /);
	assert.deepEqual(
		world.did.map((did) => did.split(' ')[0]),
		['lock', 'tell'],
	);
});

test('a run that is stopped between two steps does its last steps', async () => {
	const world = toyWorld();
	const { action } = aPlaybook(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x } }',
			'{ id: lock, action: toy.lock, with: { on: y } }',
		),
		world,
	);
	const deed = action.run(
		await planned(action, {}, world),
		world.tools,
		new AbortController().signal,
	);
	for await (const told of deed) if (told.kind === 'step' && told.state === 'done') break;
	assert.deepEqual(
		world.did.map((did) => did.split(' ')[0]),
		['tag', 'tell'],
	);
});

test('a step that is stopped between its own steps does no more', async () => {
	const world = toyWorld();
	const { action } = aPlaybook(
		steps(
			'{ id: all, parallel: [{ id: a, action: toy.tag, with: { on: a } }, { id: b, action: toy.tag, with: { on: b } }] }',
		),
		world,
	);
	const deed = action.run(
		await planned(action, {}, world),
		world.tools,
		new AbortController().signal,
	);
	for await (const told of deed) if (told.kind === 'step') break;
	assert.ok(!world.did.some((did) => did.startsWith('tag')), 'neither was begun');
	assert.match(world.did.at(-1) ?? '', /^tell team: failed/);
});

test('parallel steps run side by side, and join says how many must succeed', async () => {
	const group = (join: string) =>
		steps(
			`{ id: all, join: ${join}, parallel: [{ id: a, action: toy.tag, with: { on: a } }, { id: b, action: toy.tag, with: { on: b, text: fails } }] }`,
			'{ id: lock, action: toy.lock, with: { on: y } }',
		);
	assert.match((await done(group('all'))).threw ?? '', /all: tag b failed/);
	const { threw, world } = await done(group('1'));
	assert.equal(threw, undefined);
	assert.ok(world.did.includes('lock y'));
});

test('foreach goes in order, and one failure fails the step', async () => {
	const { threw, world } = await done(
		steps(
			`{ id: each, action: toy.tag, foreach: "{{ ['a', 'b', 'c'] }}", with: { on: '{{ item }}', text: "{{ 'fails' if item == 'b' else 'ok' }}" } }`,
		),
	);
	assert.match(threw ?? '', /each: tag b failed/);
	assert.deepEqual(world.did.slice(0, 2), ['tag a: ok', 'tag b: fails']);
	assert.equal(world.did.length, 3);
});

test('a condition on what happened is looked at when its turn comes', async () => {
	const { world, told } = await done(
		steps(
			'{ id: tag, action: toy.tag, with: { on: x, text: fails }, on_error: continue }',
			`{ id: lock, action: toy.lock, when: "{{ steps.tag.outcome == 'ok' }}", with: { on: y } }`,
		),
	);
	assert.deepEqual(
		world.did.map((did) => did.split(' ')[0]),
		['tag', 'tell'],
	);
	assert.ok(told.some((one) => one.kind === 'step' && one.step === 1 && one.state === 'skipped'));
});
