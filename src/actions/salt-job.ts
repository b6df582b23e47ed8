import { type Clock, pause } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { SaltJob, SaltMissing, SaltReturn } from '../core/salt-tool.ts';
import type { SaltDoor } from './salt-door.ts';
import type { Ear } from './salt-ear.ts';
import { returnOn, Watch } from './salt-watch.ts';

/** When the job cache is first looked into, and at most how seldom: the bus is quicker, the cache is sure. */
const firstLookMs = 2000;
const seldomLookMs = 16_000;

export type JobSetup = {
	readonly jid: string;
	readonly minions: readonly string[];
	readonly door: SaltDoor;
	readonly ear: Ear;
	readonly clock: Clock;
	/** Those of the minions that say they still work on the job. */
	stillRunning(minions: readonly string[], stop: AbortSignal): Promise<readonly string[]>;
};

/** A job on its way: who was called, and what comes back. */
export class Job implements SaltJob {
	readonly #setup: JobSetup;
	readonly #watch: Watch;

	constructor(setup: JobSetup) {
		const { jid, minions, ear } = setup;
		this.#setup = setup;
		this.#watch = new Watch(minions);
		ear.tell((arrived) => {
			const found = returnOn(arrived, jid);
			if (found) this.#watch.add(found);
		});
	}

	get jid(): string {
		return this.#setup.jid;
	}

	get minions(): readonly string[] {
		return this.#setup.minions;
	}

	missing(): readonly SaltMissing[] {
		return this.#watch.missing;
	}

	async *returns(timeoutMs: number, stop: AbortSignal): AsyncIterable<SaltReturn> {
		try {
			yield* this.#collect(timeoutMs, stop);
			if (this.#watch.isComplete || stop.aborted) return;
			const running = await this.#setup.stillRunning(this.#watch.waiting, stop);
			for (const minion of running) this.#watch.runs(minion);
			if (running.length > 0) yield* this.#collect(timeoutMs, stop);
			yield* this.#watch.take();
		} finally {
			this.#setup.ear.close();
		}
	}

	/** Returns until all have come or the time is over. */
	async *#collect(timeoutMs: number, stop: AbortSignal): AsyncIterable<SaltReturn> {
		const over = new AbortController();
		const end = () => {
			over.abort();
			this.#watch.wake();
		};
		const forget = this.#setup.clock.after(timeoutMs, end);
		stop.addEventListener('abort', end, { once: true });
		const looking = this.#look(over.signal);
		try {
			while (!over.signal.aborted && !stop.aborted && !this.#watch.isComplete) {
				await this.#watch.next();
				yield* this.#watch.take();
			}
			yield* this.#watch.take();
		} finally {
			forget();
			stop.removeEventListener('abort', end);
			over.abort();
			await looking;
		}
	}

	/** Looks into the job cache now and then: the only way where no bus of the master is attached. */
	async #look(stop: AbortSignal): Promise<void> {
		const { door, clock, jid } = this.#setup;
		for (let ms = firstLookMs; ; ms = Math.min(ms * 2, seldomLookMs)) {
			await pause(clock, ms, stop);
			if (stop.aborted) return;
			try {
				for (const found of await door.lookup(jid, stop)) this.#watch.add(found);
			} catch (thrown) {
				// The master may be busy, or the time over: the bus still tells, and whoever is missing is named.
				if (!(thrown instanceof Failure) && !stop.aborted) throw thrown;
			}
		}
	}
}
