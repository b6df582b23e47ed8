import type { Clock } from '../core/clock.ts';

/** What looks after something that time changes; never rejects. */
export type Look = () => void | Promise<void>;

const tickMs = 1000;

/** Goes its round of all that time changes, once a second. */
export class Rounds {
	readonly #clock: Clock;
	readonly #looks: readonly Look[];
	#cancel: () => void = () => {};

	constructor(clock: Clock, looks: readonly Look[]) {
		this.#clock = clock;
		this.#looks = looks;
	}

	/** The first round is gone at once. */
	start(): void {
		this.#cancel = this.#clock.after(tickMs, () => this.start());
		for (const look of this.#looks) void look();
	}

	stop(): void {
		this.#cancel();
	}
}
