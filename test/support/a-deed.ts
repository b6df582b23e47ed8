import { type Action, Refusal } from '../../src/core/action.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Tier } from '../../src/core/tier.ts';
import type { Tools } from '../../src/core/tools.ts';
import { someTools } from './some-tools.ts';

/** A world of things with an identity: a deed paints them. */
export type ToyWorld = {
	readonly things: Map<string, { uid: string; colour: string }>;
	/** Every start of a deed, by run. */
	readonly started: string[];
};

export function aWorld(...names: readonly string[]): ToyWorld {
	const things = names.map((name) => [name, { uid: `${name}-1`, colour: 'grey' }] as const);
	return { things: new Map(things), started: [] };
}

type Params = { readonly thing: string; readonly colour: string };

export type DeedOptions = {
	readonly kind?: string;
	readonly tier?: Tier;
	/** What takes it back, where it is not the same kind. */
	readonly inverse?: string;
	/** It stands until it is taken back. */
	readonly contains?: true;
	/** What happens between the steps of the deed. */
	readonly during?: (plan: Plan, tools: Tools, stop: AbortSignal) => Promise<void>;
};

/** Paints a thing of the toy world; it is pinned by its uid, and undone by painting it as it was. */
export function painting(world: ToyWorld, options: DeedOptions = {}): Action<Params> {
	const { kind = 'toy.paint', tier = 2, during = nothing, contains } = options;
	const { inverse = kind } = options;
	const current = (plan: Plan) => world.things.get(String(plan.params['thing']));
	return {
		kind,
		version: 1,
		title: 'paint a thing',
		tier,
		inverse,
		...(contains && { contains }),
		example: 'thing: door\ncolour: red\n',
		parse: (raw) => {
			const { thing, colour = 'red' } = raw as Partial<Params>;
			if (!thing) throw new Error('toy.paint: which thing?');
			return { thing, colour };
		},
		target: (thing) => ({ thing, colour: 'red' }),
		fits: ({ host }) => (host === undefined ? undefined : { thing: host, colour: 'red' }),
		async plan({ thing, colour }) {
			const found = world.things.get(thing);
			if (!found) throw new Refusal(`there is no ${thing}`);
			return {
				params: { thing, colour },
				targets: [{ name: thing, pins: { uid: found.uid } }],
				steps: [
					{ says: 'mix', command: `mix ${colour}` },
					{ says: 'paint', command: `paint ${thing} ${colour}` },
				],
				blast: ['1 thing'],
				undo: {
					action: inverse,
					params: { thing, colour: found.colour },
					says: `paint ${thing} back`,
				},
			};
		},
		async precheck(plan) {
			const found = current(plan);
			if (found?.uid === plan.targets[0]?.pins['uid']) return undefined;
			return `target changed: uid is now ${found?.uid ?? 'gone'}`;
		},
		async *run(plan, tools, stop) {
			yield { kind: 'step', step: 0, state: 'started' };
			yield { kind: 'output', step: 0, stream: 'out', text: 'mixing\n' };
			yield { kind: 'step', step: 0, state: 'done' };
			const found = current(plan);
			if (!found) throw new Refusal('target changed: it is gone');
			const was = found.colour;
			const { thing, colour } = plan.params as Params;
			const undo = {
				action: inverse,
				params: { thing, colour: was },
				says: `paint ${thing} ${was}`,
			};
			yield { kind: 'undo', undo };
			yield { kind: 'step', step: 1, state: 'started' };
			await during(plan, tools, stop);
			// The precondition of a real interface: it looks and acts in one.
			if (found.uid !== plan.targets[0]?.pins['uid'] || current(plan) !== found) {
				throw new Refusal('target changed while it was begun');
			}
			world.started.push(plan.run);
			found.colour = colour;
			yield { kind: 'step', step: 1, state: 'done' };
		},
	};
}

async function nothing(): Promise<void> {}

/** Tools of which a toy deed needs none but the clock. */
export function noTools(clock: Tools['clock']): (run: string, operator: string) => Tools {
	return (run, operator) => someTools({ run, operator, clock });
}
