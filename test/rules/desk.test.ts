import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from '../../src/engine/desk.ts';
import { Backtest } from '../../src/rules/backtest.ts';
import { compileRules } from '../../src/rules/compile-rules.ts';
import { aWorld } from '../support/a-deed.ts';
import { aRespond } from '../support/a-respond.ts';
import { aWaking } from '../support/a-waking.ts';
import { anEngine } from '../support/an-engine.ts';
import { fakeClock } from '../support/fake-clock.ts';

const rules = (thing: string) => `
- id: paint-it
  match: format:letters wgrey
  count: { at_least: 2, within: 30s }
  suggest: [{ action: toy.paint, with: { thing: '${thing}', colour: red }, expires: 5m }]
  cooldown: 1m
`;

const catalog = { actions: ['toy.paint'], playbooks: [], destinations: [] };

/** An engine at work on these rules, and its console. */
async function atWork(text: string) {
	const clock = fakeClock();
	const console = anEngine(undefined, clock);
	const { respond } = await aRespond(aWorld('door'), { clock, isStarted: false });
	const setup = { causeOf: respond.causes.of.bind(respond.causes), elapsedMs: () => 0 };
	const compiled = (changed: string) =>
		compileRules([{ path: 'r.yaml', text: changed }], catalog, clock.now(), setup).book;
	const book = compiled(text);
	const desk = new Desk({
		engine: console.engine,
		respond,
		rules: book,
		backtest: (rule) => Backtest.of(book, rule),
		waking: aWaking({ engine: console.engine, respond, rules: book }),
	});
	await console.engine.open(desk);
	/** Lets what was begun go on while time goes by. */
	const rest = async (stepMs: number) => {
		for (let turn = 0; turn < 12; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
			clock.advance(stepMs);
		}
	};
	const arrive = async (body: string) => {
		console.sink.event(Buffer.from('a/tag'), Buffer.from(body));
		await rest(20);
	};
	return { console, desk, arrive, rest, compiled };
}

test('events become a suggestion with its evidence, once, and repeats are counted on it', async () => {
	const { console, arrive, rest } = await atWork(rules('door'));
	for (const body of ['wgrey', 'wother', 'wgrey', 'wgrey']) await arrive(body);
	await rest(1000);
	const { list } = await console.heard('approvals', ({ list: all }) => all[0]?.repeats === 1);
	assert.equal(list.length, 1);
	assert.deepEqual(
		list[0]?.plan.evidence.map(({ says }) => says),
		['wgrey', 'wgrey'],
	);
	assert.equal(list[0]?.plan.rule?.id, 'paint-it');
	assert.equal(list[0]?.why, 'format:letters wgrey and 2 within 30 s');
});

test('a console is told why, and what the past would have given', async () => {
	const { console, arrive } = await atWork(rules('door'));
	for (const body of ['wgrey', 'wother', 'wgrey']) await arrive(body);
	const verdict = async (id: number, seq: number) => {
		console.receive({ type: 'explain.wanted', id, seq });
		return (await console.heard('explained', (told) => told.id === id)).rules[0]?.verdict;
	};
	assert.deepEqual(
		[await verdict(1, 1), await verdict(2, 2), await verdict(3, 3)],
		['held back', 'missed', 'fired'],
	);
	console.receive({ type: 'backtest.wanted', id: 4, rule: 'paint-it' });
	const { says } = await console.heard('backtested');
	assert.equal(says, '1 suggestion from 2 events');
});

test('other rules are at work from the next event on', async () => {
	const { console, desk, arrive, compiled } = await atWork(rules('nothing'));
	desk.reactor.reload(compiled(rules('door')));
	for (const body of ['wgrey', 'wgrey']) await arrive(body);
	const { list } = await console.heard('approvals', ({ list: all }) => all.length === 1);
	assert.equal(list[0]?.plan.targets[0]?.name, 'door');
});
