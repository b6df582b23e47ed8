import { readdirSync, readFileSync } from 'node:fs';
import * as registry from '../../src/actions/registry.ts';
import type { Action } from '../../src/core/action.ts';
import type { JsonObject } from '../../src/core/plan.ts';
import type { Tier } from '../../src/core/tier.ts';
import type { Entry } from '../../src/playbooks/playbook.ts';
import { root } from './files.ts';
import { type ToyWorld, toyWorld } from './toy-actions.ts';

/** The files under playbooks/, by name. */
export function shippedFiles(): readonly {
	readonly name: string;
	readonly path: string;
	readonly text: string;
}[] {
	return readdirSync(`${root}playbooks`)
		.filter((name) => name.endsWith('.yaml'))
		.map((name) => ({
			name: name.replace('.yaml', ''),
			path: `playbooks/${name}`,
			text: readFileSync(`${root}playbooks/${name}`, 'utf8'),
		}));
}

/** The kinds of actions that shipped playbooks are made of: tier, inverse, and the parameters each is given. */
const kinds: readonly (readonly [
	kind: string,
	tier: Tier,
	inverse: string | undefined,
	params: readonly string[],
])[] = [
	['k8s.isolate-pod', 2, 'k8s.release-pod', ['namespace', 'pod']],
	['k8s.release-pod', 2, 'k8s.isolate-pod', ['namespace', 'pod']],
	['k8s.logs', 0, undefined, ['namespace', 'pod']],
	['k8s.delete-pod', 3, undefined, ['namespace', 'pod']],
	['k8s.taint-node', 2, 'k8s.untaint-node', ['namespace', 'pod', 'key', 'value', 'effect']],
	['k8s.untaint-node', 2, 'k8s.taint-node', ['namespace', 'pod', 'key', 'value', 'effect']],
	['host.collect', 0, undefined, ['host']],
	['host.lockdown', 2, 'host.unlock', ['host']],
	['host.unlock', 2, 'host.lockdown', ['host']],
	['slack.post', 1, undefined, ['to', 'text']],
	['mail.send', 1, undefined, ['to', 'subject', 'text']],
	['salt.state', 3, undefined, ['target', 'sls']],
];

const real: readonly Action[] = Object.values(registry);

/**
 * Toys in the place of the actions that shipped playbooks name: they take what those take, and write
 * down what they did.
 */
export function shippedWorld(): ToyWorld & {
	readonly calls: (readonly [kind: string, params: JsonObject])[];
} {
	const world = toyWorld();
	const calls: [string, JsonObject][] = [];
	const entries = new Map(
		kinds.map(([kind, tier, inverse, params]) => {
			const toy = world.find(tier > 1 ? 'toy.tag' : 'toy.look');
			if (!toy) throw new Error('there is no toy');
			const action: Action<JsonObject> = {
				...toy.action,
				kind,
				tier,
				...(inverse === undefined ? {} : { inverse }),
				parse(raw) {
					const given = Object.keys(Object(raw)).filter((key) => key !== 'on');
					if (given.sort().join() !== params.toSorted().join())
						throw new Error(`${kind} takes ${params}, not ${given}`);
					real.find((one) => one.kind === kind)?.parse(raw);
					return { ...Object(raw) };
				},
				async plan(given) {
					return {
						params: given,
						targets: [{ name: Object.values(given).join('/'), pins: {} }],
						steps: [{ says: kind, command: `toy ${kind}` }],
						blast: [],
						undo:
							inverse === undefined
								? { none: 'a toy' }
								: { action: inverse, params: given, says: inverse },
					};
				},
				async precheck() {
					return undefined;
				},
				async *run({ params: given }) {
					calls.push([kind, given]);
					yield { kind: 'step', step: 0, state: 'started' };
				},
			};
			return [kind, { action, params: {}, tier, raised: 0 } satisfies Entry] as const;
		}),
	);
	return { ...world, calls, find: (name) => entries.get(name), names: [...entries.keys()] };
}
