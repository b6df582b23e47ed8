import type { EventLog, Place } from '../log/event-log.ts';
import type { Matcher } from '../log/matcher.ts';

/**
 * Every matching row once, in order, for a reader at its own pace. What falls out of the ring before it was read
 * is counted, never skipped in silence.
 */
export class Feed {
	readonly #log: EventLog;
	readonly #matcher: Matcher;
	#next: number;

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
		const end = Math.min(this.#log.next, this.#next + 4096);
		while (this.#next < end && places.length < limit) {
			const place = this.#log.place(this.#next++);
			if (place && this.#matcher.matches(place.slab, place.row)) places.push(place);
		}
		return places;
	}
}

function never(): boolean {
	return false;
}
