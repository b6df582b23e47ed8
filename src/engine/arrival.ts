import type { Clock } from '../core/clock.ts';

/**
 * The time of arrival, read from the clock once per turn of the event loop: what came in one read came at one
 * moment, and a look at the clock costs as much as storing a short event.
 */
export class Arrival {
	seconds = 0;
	nanos = 0;
	#ms = 0;
	#isFresh = false;
	readonly #clock: Clock;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Milliseconds since the epoch. */
	get ms(): number {
		this.refresh();
		return this.#ms;
	}

	refresh(): void {
		if (this.#isFresh) return;
		this.#isFresh = true;
		setImmediate(() => {
			this.#isFresh = false;
		});
		this.#set(this.#clock.now());
	}

	#set(ms: number): void {
		this.#ms = ms;
		this.seconds = Math.floor(ms / 1000);
		this.nanos = Math.floor((ms - this.seconds * 1000) * 1e6);
	}
}
