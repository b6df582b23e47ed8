import { Bits } from './bits.ts';
import type { EventLog } from './event-log.ts';
import type { Matcher } from './matcher.ts';
import type { Slab } from './slab.ts';

/** Rows looked at between two looks at the clock. */
const stepRows = 2048;

/** What a view knows of one slab: rows in [low, high) were tested, the matching ones are in `bits`. */
type Page = { readonly slab: Slab; readonly bits: Bits; low: number; high: number; count: number };

/**
 * A filter and its matches, found newest first, a slice at a time, so that sockets are served in between. It knows
 * rows, not bytes: what a window shows of them is decoded by whoever asks.
 */
export class View {
	readonly #log: EventLog;
	readonly #matcher: Matcher;
	/** An earlier view whose filter this one only narrows: only its hits need a look. */
	#base: View | undefined;
	/** Newest slab last, as in the log; the oldest ones may not have been looked at yet. */
	#pages: Page[] = [];
	#matched = 0;

	constructor(log: EventLog, matcher: Matcher, base?: View) {
		this.#log = log;
		this.#matcher = matcher;
		this.#base = base;
	}

	/** Matches found so far among the rows still held. */
	get matched(): number {
		return this.#matched;
	}

	/** The matches found so far, slab by slab, the newest first. */
	get found(): readonly { readonly slab: Slab; readonly bits: Bits }[] {
		return this.#pages.toReversed();
	}

	/** Whether every row held has been tested. */
	get isComplete(): boolean {
		const { slabs } = this.#log;
		if (this.#pages.length < slabs.length) return false;
		return this.#log.isIndexed && this.#pages.every(isTested);
	}

	/**
	 * Tests arrivals, then older rows, until all is tested or `isOver` says that the slice is used up.
	 * Returns whether it is complete.
	 */
	advance(isOver: () => boolean): boolean {
		this.#log.index(isOver);
		this.#forget();
		this.#follow(isOver);
		while (!isOver()) if (!this.#back()) break;
		if (!this.isComplete) return false;
		this.#base = undefined;
		return true;
	}

	/** The newest match older than `seq`, or the oldest match newer than it, among the rows tested so far. */
	neighbour(seq: number, towards: 'older' | 'newer'): number | undefined {
		return towards === 'older' ? this.#older(seq) : this.#newer(seq);
	}

	/** The `count` newest matches at or before `seq`, oldest first. */
	upTo(seq: number, count: number): number[] {
		const found: number[] = [];
		for (
			let at = this.#older(seq + 1);
			at !== undefined && found.length < count;
			at = this.#older(at)
		) {
			found.push(at);
		}
		return found.reverse();
	}

	/** The `count` oldest matches after `seq`, oldest first. */
	after(seq: number, count: number): number[] {
		const found: number[] = [];
		for (
			let at = this.#newer(seq);
			at !== undefined && found.length < count;
			at = this.#newer(at)
		) {
			found.push(at);
		}
		return found;
	}

	/** How many matches are older than `seq`, as far as tested. */
	countBefore(seq: number): number {
		let count = 0;
		for (const page of this.#pages) {
			const last = seq - page.slab.first;
			if (last <= 0) break;
			count += last >= page.high ? page.count : page.bits.count(0, last);
		}
		return count;
	}

	/** How many matches newer than `seq` are `worst` or worse. */
	severeAfter(seq: number, worst: number): number {
		let count = 0;
		for (const { slab, bits } of this.#pages) {
			if (slab.first + slab.rows <= seq) continue;
			const from = Math.max(0, seq + 1 - slab.first);
			for (let row = bits.next(from); row >= 0; row = bits.next(row + 1)) {
				if ((slab.severities[row] ?? 8) <= worst) count++;
			}
		}
		return count;
	}

	/** The log's rows fall oldest slab first; their matches go with them. */
	#forget(): void {
		while (this.#pages[0] && this.#pages[0].slab.first < this.#log.first) {
			this.#matched -= this.#pages.shift()?.count ?? 0;
		}
	}

	/**
	 * Tests what was indexed since the last slice, oldest first, so that a page's tested rows stay one run. Pages
	 * are neighbours: any of them may have been begun before its slab was indexed to the end.
	 */
	#follow(isOver: () => boolean): void {
		const { slabs } = this.#log;
		const oldest = this.#pages[0];
		if (!oldest) {
			const slab = slabs.at(-1);
			if (slab) this.#pages.push(emptyPage(slab, slab.indexed));
			return;
		}
		const start = this.#log.slabIndex(oldest.slab.first);
		for (let index = start; index < slabs.length; index++) {
			const slab = slabs[index] as Slab;
			const page = this.#pages[index - start] ?? emptyPage(slab, 0);
			if (index - start === this.#pages.length) this.#pages.push(page);
			while (page.high < slab.indexed) {
				const to = Math.min(slab.indexed, page.high + stepRows);
				this.#test(page, page.high, to);
				page.high = to;
				if (isOver() && page.high < slab.indexed) return;
			}
		}
	}

	/** Tests one step of older rows; false when there are none left. */
	#back(): boolean {
		const oldest = this.#pages[0];
		if (!oldest) return false;
		const unfinished = this.#pages.find((page) => page.low > 0);
		if (unfinished) {
			const from = Math.max(0, unfinished.low - stepRows);
			this.#test(unfinished, from, unfinished.low);
			unfinished.low = from;
			return true;
		}
		const slab = this.#log.slabs[this.#log.slabIndex(oldest.slab.first) - 1];
		if (!slab || slab === oldest.slab) return false;
		this.#pages.unshift(emptyPage(slab, slab.indexed));
		return true;
	}

	#test(page: Page, from: number, to: number): void {
		if (from === to) return;
		this.#matcher.match(page.slab, from, to, page.bits, this.#baseBits(page.slab, from, to));
		const found = page.bits.count(from, to);
		page.count += found;
		this.#matched += found;
	}

	#baseBits(slab: Slab, from: number, to: number): Bits | undefined {
		const page = this.#base?.pageOf(slab);
		return page && page.low <= from && page.high >= to ? page.bits : undefined;
	}

	protected pageOf(slab: Slab): Page | undefined {
		return this.#pages.find((page) => page.slab === slab);
	}

	#older(seq: number): number | undefined {
		for (let index = this.#pages.length - 1; index >= 0; index--) {
			const { slab, bits } = this.#pages[index] as Page;
			if (slab.first >= seq) continue;
			const row = bits.previous(Math.min(slab.rows, seq - slab.first) - 1);
			if (row >= 0) return slab.first + row;
		}
		return undefined;
	}

	#newer(seq: number): number | undefined {
		for (const { slab, bits } of this.#pages) {
			if (slab.first + slab.rows <= seq + 1) continue;
			const row = bits.next(Math.max(0, seq + 1 - slab.first));
			if (row >= 0) return slab.first + row;
		}
		return undefined;
	}
}

function isTested({ slab, low, high }: Page): boolean {
	return low === 0 && high === slab.indexed;
}

function emptyPage(slab: Slab, at: number): Page {
	return { slab, bits: new Bits(), low: at, high: at, count: 0 };
}
