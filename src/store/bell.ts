/** Wakes whoever waits for something new. */
export class Bell {
	readonly #sleepers = new Set<() => void>();

	/** How many wait now. */
	get sleepers(): number {
		return this.#sleepers.size;
	}

	ring(): void {
		for (const wake of this.#sleepers) wake();
	}

	/** Resolves at the next ring, or when `stop` aborts. */
	rung(stop: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			if (stop.aborted) return resolve();
			const wake = () => {
				this.#sleepers.delete(wake);
				stop.removeEventListener('abort', wake);
				resolve();
			};
			this.#sleepers.add(wake);
			stop.addEventListener('abort', wake, { once: true });
		});
	}
}
