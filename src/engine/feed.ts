import { Bits } from '../log/bits.ts';
import type { EventLog, Place } from '../log/event-log.ts';
import type { Matcher } from '../log/matcher.ts';
import type { Slab } from '../log/slab.ts';

/** The most rows one take looks at. */
const mostRows = 4096;

/**
 * Every matching row once, in order, for a reader at its own pace. What falls out of the ring before it was read
 * is counted, never skipped in silence.
 */
export class Feed {
	readonly #log: EventLog;
	readonly #matcher: Matcher;
	#next: number;
	/** The slab it last looked at, up to which of its rows, and what matched. */
	#slab: Slab | undefined;
	#to = 0;
	readonly #found = new Bits();

	/** Begins at row `from`, or with the oldest that is held. */
	constructor(log: EventLog, matcher: Matcher, from = log.first) {
		this.#log = log;
		this.#matcher = matcher;
		this.#next = from;
	}

	/** The row it looks at next. */
	get next(): number {
		return this.#next;
	}

	/** Whether all rows that came so far have been taken. */
	get isDrained(): boolean {
		return this.#next >= this.#log.next;
	}

	/** How many rows fell unread since this was last asked. */
	lost(): number {
		const lost = Math.max(0, this.#log.first - this.#next);
		this.#next += lost;
		return lost;
	}

	/** The next matching rows: at most `limit` of them, after looking at no more than 4,096. */
	take(limit: number): Place[] {
		this.#log.index(never);
		const places: Place[] = [];
		const end = Math.min(this.#log.next, this.#next + mostRows);
		while (this.#next < end && places.length < limit) {
			const found = this.#take(end);
			if (found) places.push(found);
		}
		return places;
	}

	/** The next match before row `end`; undefined where this run of rows has none left. */
	#take(end: number): Place | undefined {
		const place = this.#log.place(this.#next);
		this.#next++;
		if (!place) return undefined;
		const { slab } = place;
		this.#look(place, Math.min(slab.rows, place.row + end - this.#next + 1));
		const row = this.#found.next(place.row);
		this.#next = slab.first + (row < 0 ? this.#to : row + 1);
		return row < 0 ? undefined : { slab, row };
	}

	/** Matches many rows at once; those it matched before are known. */
	#look({ slab, row }: Place, to: number): void {
		if (slab === this.#slab && row < this.#to) return;
		this.#found.words.fill(0);
		this.#matcher.match(slab, row, to, this.#found);
		this.#slab = slab;
		this.#to = to;
	}
}

function never(): boolean {
	return false;
}
