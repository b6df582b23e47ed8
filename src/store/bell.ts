import type { Clock } from '../core/clock.ts';

/** How often to look for what nobody rings for: what another process wrote. */
export type Poll = { readonly clock: Clock; readonly everyMs: number };

/** Wakes whoever waits for something new. */
export class Bell {
	readonly #sleepers = new Set<() => void>();
	readonly #poll: Poll | undefined;

	constructor(poll?: Poll) {
		this.#poll = poll;
	}

	ring(): void {
		for (const wake of this.#sleepers) wake();
	}

	/** Resolves at the next ring, when it is time to look again, or when `stop` aborts. */
	rung(stop: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			if (stop.aborted) return resolve();
			const wake = () => {
				this.#sleepers.delete(wake);
				stop.removeEventListener('abort', wake);
				cancel?.();
				resolve();
			};
			const cancel = this.#poll?.clock.after(this.#poll.everyMs, wake);
			this.#sleepers.add(wake);
			stop.addEventListener('abort', wake, { once: true });
		});
	}
}
