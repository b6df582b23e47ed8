import type { Needle } from '../core/criterion.ts';
import { markHits, type Scan, set } from './scan.ts';
import { type Search, searchFor } from './search.ts';
import type { Slab } from './slab.ts';
import { Verdicts } from './verdicts.ts';

/** By this JSON may spell any letter. */
const jsonEscape = searchFor({ bytes: Buffer.from('\\u'), foldCase: false });

/** A literal in tag or body. A hit never crosses an event's end. */
export class LiteralScan implements Scan {
	readonly #search: Search;
	readonly #mayBeEscaped: boolean;
	readonly #inTag: Verdicts;

	/** `mayBeEscaped`: rows whose bytes hold a `\\u` are marked too. */
	constructor(needle: Needle, mayBeEscaped: boolean) {
		this.#search = searchFor(needle);
		this.#mayBeEscaped = mayBeEscaped;
		this.#inTag = new Verdicts(
			({ tags }, id) => this.#search.find(tags.bytes, tags.start(id), tags.end(id)) >= 0,
		);
	}

	/** Whether it holds the literal as it is. */
	test(slab: Slab, row: number): boolean {
		const isInTag = this.#inTag.of(slab, slab.tagIds[row] ?? 0);
		return isInTag || this.#search.find(slab.bytes, slab.start(row), slab.end(row)) >= 0;
	}

	mark(slab: Slab, from: number, to: number, rows: Uint32Array): void {
		for (let row = from; row < to; row++)
			if (this.#inTag.of(slab, slab.tagIds[row] ?? 0)) set(rows, row);
		markHits(this.#search, slab, from, to, rows);
		if (this.#mayBeEscaped) markEscapes(slab, from, to, rows);
	}
}

export function markEscapes(slab: Slab, from: number, to: number, rows: Uint32Array): void {
	markHits(jsonEscape, slab, from, to, rows);
}

export function hasEscape(slab: Slab, row: number): boolean {
	return jsonEscape.find(slab.bytes, slab.start(row), slab.end(row)) >= 0;
}
