import { type Action, Doubt, type Progress, Refusal } from '../../src/core/action.ts';
import { Failure } from '../../src/core/errors.ts';
import type { JsonObject, Plan } from '../../src/core/plan.ts';
import type { Tier } from '../../src/core/tier.ts';
import type { Tools } from '../../src/core/tools.ts';
import type { Entry } from '../../src/playbooks/playbook.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { someTools } from './some-tools.ts';

/** What toy actions did, in order: `isolate web12`. */
export type ToyWorld = {
	readonly did: string[];
	readonly clock: FakeClock;
	readonly tools: Tools;
	find(name: string): Entry | undefined;
	readonly names: readonly string[];
};

export type Toy = { readonly kind: string; readonly tier: Tier; readonly inverse?: string };

const toys: readonly Toy[] = [
	{ kind: 'toy.look', tier: 0 },
	{ kind: 'toy.tell', tier: 1 },
	{ kind: 'toy.tag', tier: 2, inverse: 'toy.untag' },
	{ kind: 'toy.untag', tier: 2, inverse: 'toy.tag' },
	{ kind: 'toy.lock', tier: 2, inverse: 'toy.unlock' },
	{ kind: 'toy.unlock', tier: 2, inverse: 'toy.lock' },
	{ kind: 'toy.wipe', tier: 3 },
];

/**
 * A world of actions on `{on, text?}` that only write down what they did. How one behaves is the first word of its
 * text: `fails`, `refuses`, `doubts`, `hangs`, `changed` (its target), or `once` (fails the first time).
 */
export function toyWorld(kinds: readonly Toy[] = toys): ToyWorld {
	const did: string[] = [];
	const clock = fakeClock();
	const entries = new Map(kinds.map((toy) => [toy.kind, entryOf(toy, did)]));
	const tools = someTools({ run: 'R-0097', clock });
	return { did, clock, tools, find: (name) => entries.get(name), names: [...entries.keys()] };
}

function entryOf(toy: Toy, did: string[]): Entry {
	const action: Action<JsonObject> = {
		...toy,
		version: 1,
		title: toy.kind,
		example: 'on: web12',
		parse(raw) {
			const { on, text } = Object(raw);
			if (typeof on !== 'string') throw new Failure('usage', `${toy.kind}: on is missing`);
			return { on, ...(text === undefined ? {} : { text: String(text) }) };
		},
		target: (text) => ({ on: text }),
		fits: () => undefined,
		async plan(params, tools) {
			const on = String(params['on']);
			if (on === 'nowhere') throw new Refusal(`${on} is not there`);
			return {
				params,
				targets: [{ name: on, pins: { run: tools.run } }],
				steps: [{ says: `${toy.kind} ${on}`, command: `toy ${toy.kind} ${on}` }],
				blast: [`1 of ${on}`],
				undo: toy.inverse
					? { action: toy.inverse, params: { on }, says: `${toy.inverse} ${on}` }
					: { none: 'a toy' },
			};
		},
		precheck: async ({ params }) => (wordOf(params) === 'changed' ? 'target changed' : undefined),
		run: (plan, _tools, stop) => running(toy, plan, did, stop),
	};
	return { action, params: {}, tier: toy.tier, raised: 0 };
}

async function* running(
	{ kind }: Toy,
	{ params }: Plan,
	did: string[],
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const word = wordOf(params);
	const what = `${kind.replace('toy.', '')} ${params['on']}`;
	if (word === 'refuses') throw new Refusal(`${what} is refused`);
	yield { kind: 'step', step: 0, state: 'started' };
	did.push(`${what}${params['text'] === undefined ? '' : `: ${params['text']}`}`);
	if (
		word === 'fails' ||
		(word === 'once' && did.filter((one) => one.startsWith(what)).length === 1)
	) {
		throw new Error(`${what} failed`);
	}
	if (word === 'doubts') throw new Doubt(`nobody knows about ${what}`);
	if (word === 'hangs') await aborted(stop);
	yield { kind: 'output', step: 0, stream: 'out', text: `${what} printed` };
	yield { kind: 'note', says: `${what} done` };
}

function wordOf(params: JsonObject): string {
	return String(params['text'] ?? '').split(' ')[0] ?? '';
}

function aborted(stop: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		const cut = () => reject(new Error('it was cut'));
		if (stop.aborted) cut();
		else stop.addEventListener('abort', cut, { once: true });
	});
}
