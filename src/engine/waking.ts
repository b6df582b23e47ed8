import type { Decoded } from '../core/criterion.ts';
import type { Explanation, RuleInfo } from '../core/rule.ts';
import { highest, type Tier } from '../core/tier.ts';
import { globTest } from '../filter/glob.ts';
import type { Catalog } from './catalog.ts';

/** Which SLS files a Salt master runs for which tags; as its configuration says. */
export type Reactors = readonly { readonly tag: string; readonly files: readonly string[] }[];

export type WakingSetup = {
	/** The event as it would arrive from that source; undefined where nobody can tell. */
	readonly imagine: (source: string, tag: string, data: unknown) => Decoded | undefined;
	readonly explain: (event: Decoded) => readonly Explanation[];
	readonly info: () => readonly RuleInfo[];
	readonly catalog: Catalog;
	/** The reactors behind a source: none for a bus that has none, undefined where they cannot be read. */
	readonly reactors: (source: string) => Promise<Reactors | undefined>;
};

type Woken = { readonly says: string; readonly tier: Tier };

/** Firing is ours, and can be taken back as little as any message. */
const leastTier = 1;
/** A reactor runs what its file says, which nobody looked into. */
const reactorTier = 2;

/** What an event would wake if it were fired: rules of ours, and reactors of a Salt master. */
export class Waking {
	readonly #setup: WakingSetup;

	constructor(setup: WakingSetup) {
		this.#setup = setup;
	}

	async of(fired: { readonly source: string; readonly tag: string; readonly data: unknown }) {
		const { source, tag, data } = fired;
		const reactors = await this.#setup.reactors(source);
		const event = this.#setup.imagine(source, tag, data);
		const wakes = [...reactorsOf(reactors ?? [], tag), ...(event ? this.#rulesOf(event) : [])];
		const tiers = wakes.map(({ tier }) => tier);
		const tier = highest(reactors ? leastTier : reactorTier, ...tiers);
		if (reactors) return { wakes, tier };
		return { wakes, tier, unknown: "the master's reactors cannot be read from here" };
	}

	#rulesOf(event: Decoded): readonly Woken[] {
		const infos = new Map(this.#setup.info().map((info) => [info.id, info]));
		const fired = this.#setup.explain(event).filter(({ verdict }) => verdict !== 'missed');
		return fired.map(({ rule }) => {
			const actions = infos.get(rule)?.suggests ?? [];
			return { says: `rule ${rule}${asks(actions)}`, tier: this.#tierOf(actions) };
		});
	}

	#tierOf(actions: readonly string[]): Tier {
		const { catalog } = this.#setup;
		const known = actions.filter((action) => catalog.has(action));
		return highest(0, ...known.map((action) => catalog.find(action).tier));
	}
}

function asks(actions: readonly string[]): string {
	return actions.length > 0 ? ` (suggests ${actions.join(', ')})` : '';
}

function reactorsOf(reactors: Reactors, tag: string): readonly Woken[] {
	return reactors
		.filter((reactor) => globTest(reactor.tag)(tag))
		.flatMap(({ tag: glob, files }) =>
			files.map((file) => ({ says: `reactor ${glob} → ${file}`, tier: reactorTier }) as const),
		);
}
