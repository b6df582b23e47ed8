import type { Clock } from '../../src/core/clock.ts';

const knownSenders = 1000;

/** Lets each sender have a second's worth of requests at once, and as many in each second after. */
export class Pace {
	readonly #clock: Clock;
	readonly #perSecond: number;
	readonly #senders = new Map<string, { left: number; at: number }>();

	constructor(clock: Clock, perSecond: number) {
		this.#clock = clock;
		this.#perSecond = perSecond;
	}

	/** Whether this sender may send one more. */
	admits(sender: string): boolean {
		const now = this.#clock.now();
		const known = this.#senders.get(sender) ?? { left: this.#perSecond, at: now };
		const earned = ((now - known.at) * this.#perSecond) / 1000;
		const left = Math.min(this.#perSecond, known.left + earned);
		if (this.#senders.size >= knownSenders) this.#senders.clear();
		this.#senders.set(sender, { left: Math.max(0, left - 1), at: now });
		return left >= 1;
	}
}
