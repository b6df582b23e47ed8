import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';

const tellEveryMs = 1000;

type Refused = { readonly from: number; count: number };

/** Counts what was turned away, by reason: at most one gap row a second for each, so that a flood hides nothing. */
export class Refusals {
	readonly #sink: Sink;
	readonly #clock: Clock;
	readonly #refused = new Map<string, Refused>();
	#forget: (() => void) | undefined;

	constructor(sink: Sink, clock: Clock) {
		this.#sink = sink;
		this.#clock = clock;
	}

	count(reason: string): void {
		const refused = this.#refused.get(reason) ?? { from: this.#clock.now(), count: 0 };
		refused.count += 1;
		this.#refused.set(reason, refused);
		this.#forget ??= this.#clock.after(tellEveryMs, () => this.tell());
	}

	/** Says now what was counted so far. */
	tell(): void {
		this.#forget?.();
		this.#forget = undefined;
		const to = this.#clock.now();
		for (const [reason, { from, count }] of this.#refused) {
			this.#sink.gap({ from, to, cause: `refused: ${reason}`, lost: count });
		}
		this.#refused.clear();
	}
}
