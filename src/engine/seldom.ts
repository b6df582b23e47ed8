import type { Clock } from '../core/clock.ts';

const maxRemembered = 1000;

/** When something last happened, by name: so that it is not said, or tried, again too soon. */
export class Seldom {
	readonly #clock: Clock;
	readonly #at = new Map<string, number>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Whether it was noted within the last `ms`. */
	isWithin(name: string, ms: number): boolean {
		return this.#clock.now() - (this.#at.get(name) ?? Number.NEGATIVE_INFINITY) < ms;
	}

	note(name: string): void {
		if (this.#at.size >= maxRemembered) this.#at.clear();
		this.#at.set(name, this.#clock.now());
	}
}
