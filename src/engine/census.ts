import { rowKind } from '../core/format.ts';
import type { Facet, TagBranch } from '../core/session.ts';
import { severityName } from '../core/severity.ts';
import { withoutKey } from '../filter/choose.ts';
import type { Bits } from '../log/bits.ts';
import type { Slab } from '../log/slab.ts';
import { View } from '../log/view.ts';
import type { Engine } from './engine.ts';
import { matcherFor } from './sight.ts';
import { tagTree } from './tag-tree.ts';

/** Fields that only the decoded event tells are counted over so many matches, the newest. */
const mostDecoded = 5000;
const mostValues = 20;
/** Rows counted between two looks at the clock. */
const stepRows = 4096;

const columnKeys = ['src', 'sev', 'host'] as const;
const decodedKeys = ['rule', 'fun', 'rc', 'ns', 'user'] as const;

type Counted = { readonly tags: readonly TagBranch[]; readonly facets: readonly Facet[] };
type Counts = Map<string, number>;
type Found = { readonly slab: Slab; readonly bits: Bits };

/**
 * How the matches of a filter are spread over tags and fields, counted in slices. What a filter says of a key does
 * not count where that key is counted: one sees what else there is.
 */
export class Census {
	readonly #engine: Engine;
	readonly #filter: string;
	readonly #now: number;
	readonly #views = new Map<string, View>();
	readonly #counts = new Map<string, Counts>();
	/** Keys of which only the newest matches were counted. */
	readonly #partial = new Set<string>();

	/** Throws a FilterError. */
	constructor(engine: Engine, filter: string, now: number) {
		this.#engine = engine;
		this.#filter = filter;
		this.#now = now;
		this.#view('');
	}

	/** Counts in steps. */
	*count(): Generator<void, Counted> {
		yield* this.#tags();
		for (const key of columnKeys) yield* this.#column(key);
		const alike = Map.groupBy(decodedKeys, (key) => withoutKey(this.#filter, key));
		for (const keys of alike.values()) yield* this.#decoded(keys);
		const facets = [...columnKeys, ...decodedKeys].map((key) => this.#facet(key));
		const tags = tagTree(this.#counts.get('tag') ?? []);
		return { tags, facets: facets.filter(({ values }) => values.length > 0) };
	}

	/** The view of the filter without what it says of a key. */
	#view(key: string): View {
		const text = withoutKey(this.#filter, key);
		const known = this.#views.get(text);
		if (known) return known;
		const view = new View(this.#engine.log, matcherFor(this.#engine, text, this.#now));
		this.#views.set(text, view);
		return view;
	}

	/** The matches slab by slab, the newest first, once all are found. */
	*#found(key: string): Generator<void, readonly Found[]> {
		const view = this.#view(key);
		while (!view.advance(oneStep())) yield;
		return view.found;
	}

	*#tags(): Generator<void> {
		const { tagShapes } = this.#engine;
		const counts = new Map<number, number>();
		for (const found of yield* this.#found('tag')) {
			yield* eachEvent(found, (row) => {
				const shape = tagShapes.of(found.slab, found.slab.tagIds[row] ?? 0);
				counts.set(shape, (counts.get(shape) ?? 0) + 1);
			});
		}
		const named = [...counts].map(([shape, count]) => [tagShapes.name(shape), count] as const);
		this.#counts.set('tag', new Map(named));
	}

	*#column(key: (typeof columnKeys)[number]): Generator<void> {
		const total: Counts = new Map();
		this.#counts.set(key, total);
		for (const found of yield* this.#found(key)) {
			const column = found.slab[columns[key]];
			const counts = new Map<number, number>();
			yield* eachEvent(found, (row) => {
				const value = column[row] ?? 0;
				counts.set(value, (counts.get(value) ?? 0) + 1);
			});
			for (const [value, count] of counts) add(total, this.#name(key, found.slab, value), count);
		}
	}

	#name(key: (typeof columnKeys)[number], slab: Slab, value: number): string {
		if (key === 'sev') return severityName(value);
		return key === 'src' ? this.#engine.log.sources.name(value) : slab.hosts.get(value).toString();
	}

	/** Of keys that are counted over the same matches: each event is decoded once. */
	*#decoded(keys: readonly (typeof decodedKeys)[number][]): Generator<void> {
		const totals = keys.map((key) => ({ key, total: new Map<string, number>() }));
		for (const { key, total } of totals) this.#counts.set(key, total);
		let left = mostDecoded;
		for (const { slab, bits } of yield* this.#found(keys[0] ?? '')) {
			for (let row = bits.previous(slab.rows - 1); row >= 0; row = bits.previous(row - 1)) {
				if (left-- === 0) {
					for (const key of keys) this.#partial.add(key);
					return;
				}
				const facts = this.#engine.decoder.decode(slab, row)?.facts;
				for (const { key, total } of totals) add(total, String(facts?.[key] ?? ''), 1);
				yield;
			}
		}
	}

	#facet(key: string): Facet {
		const counts = [...(this.#counts.get(key) ?? [])].sort(([, one], [, other]) => other - one);
		const values = counts.slice(0, mostValues).map(([value, count]) => ({ value, count }));
		const more = counts.length - values.length;
		return { key, values, more, isComplete: !this.#partial.has(key) };
	}
}

const columns = { src: 'sources', sev: 'severities', host: 'hostIds' } as const;

function add(counts: Counts, value: string, count: number): void {
	if (value !== '') counts.set(value, (counts.get(value) ?? 0) + count);
}

function* eachEvent({ slab, bits }: Found, visit: (row: number) => void): Generator<void> {
	for (let from = 0; from < slab.rows; from += stepRows) {
		bits.each(from, Math.min(slab.rows, from + stepRows), (row) => {
			const kind = slab.kind(row);
			if (kind === rowKind.event || kind === rowKind.sensor) visit(row);
		});
		yield;
	}
}

/** Lets a view do one step and no more. */
function oneStep(): () => boolean {
	let asked = 0;
	return () => asked++ > 1;
}
