import type { RuleBook, Wish } from '../../src/core/rule.ts';
import type { ToEngine } from '../../src/core/session.ts';
import { Desk } from '../../src/engine/desk.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { aWorld, type ToyWorld } from './a-deed.ts';
import { aRespond, type RespondOptions } from './a-respond.ts';
import { aWaking } from './a-waking.ts';
import { type AnEngine, anEngine } from './an-engine.ts';
import { fakeClock } from './fake-clock.ts';

export type DeskOptions = RespondOptions & {
	readonly rules?: RuleBook;
	readonly world?: ToyWorld;
	readonly console?: AnEngine;
};

/** An engine whose console may ask about approvals, over a toy world of a door and a wall. */
export async function aDesk(options: DeskOptions = {}) {
	const { rules = noRules, world = aWorld('door', 'wall'), ...rest } = options;
	const { clock = fakeClock(), console = anEngine(undefined, clock) } = options;
	const one = await aRespond(world, { ...rest, clock, isStarted: false });
	const desk = new Desk({
		engine: console.engine,
		respond: one.respond,
		rules,
		backtest: () => undefined,
		waking: aWaking({ engine: console.engine, respond: one.respond, rules }),
	});
	await console.engine.open(desk);
	return { ...one, console, world, desk };
}

const noRules: RuleBook = {
	filter: undefined,
	consider: () => ({ wishes: [], troubles: [] }),
	explain: () => [],
	info: () => [],
};

/** One rule that fires for every event and suggests these actions. */
export function suggesting(id: string, ...suggests: readonly string[]): RuleBook {
	const info = { id, suggests, version: 'abc123', origin: 'r.yaml:1:1', match: 'w', says: '' };
	const counts = { hasSamples: true, state: 'on', seen: 0, fired: 0 } as const;
	return {
		...noRules,
		explain: () => [{ rule: id, verdict: 'fired', because: 'it matches', criteria: [] }],
		info: () => [{ ...info, ...counts }],
	};
}

/** One rule: whatever matches wants the thing painted that its letters name. */
export function wanting(wish: Partial<Wish> = {}): RuleBook {
	return {
		...noRules,
		filter: compileFilter('w', 0),
		consider: (seq, { facts }) => ({
			wishes: [
				{
					rule: { id: 'paint-it', version: 'abc123' },
					use: 'suggest',
					action: 'toy.paint',
					params: { thing: facts.summary.slice(1), colour: 'red' },
					expiresMs: 60_000,
					seqs: [seq],
					key: facts.summary,
					cooldownMs: 0,
					why: 'paint-it: it is grey',
					...wish,
				},
			],
			troubles: [],
		}),
	};
}

export async function say(console: AnEngine, message: ToEngine): Promise<void> {
	console.receive(message);
	await turns(console);
}

/** Lets what was asked go through, and what is told once in a while be told. */
export async function turns(console: AnEngine): Promise<void> {
	for (let turn = 0; turn < 12; turn++) {
		await new Promise((resolve) => setImmediate(resolve));
		console.clock.advance(20);
	}
}
