import { type Clock, pause } from '../../src/core/clock.ts';
import { watchPath } from './watch-path.ts';

/** Rings when the folder speaks of the file, every so often, and when `stop` aborts: the watch is prompt, the clock is sure. */
export class Bell {
	readonly #stop: AbortSignal;
	readonly #ring = () => this.#rung.abort();
	readonly #unwatch: () => void;
	#rung = new AbortController();

	constructor(path: string, stop: AbortSignal) {
		this.#stop = stop;
		this.#unwatch = watchPath(path, this.#ring);
		stop.addEventListener('abort', this.#ring, { once: true });
	}

	/** Resolves at the next ring since the last call, after `ms` at the latest. */
	async next(clock: Clock, ms: number): Promise<void> {
		if (this.#stop.aborted) return;
		await pause(clock, ms, this.#rung.signal);
		this.#rung = new AbortController();
	}

	close(): void {
		this.#stop.removeEventListener('abort', this.#ring);
		this.#unwatch();
	}
}
