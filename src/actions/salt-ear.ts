/** An event as this engine's log gives it to whoever waits for it. */
export type Arrived = { readonly tag: string; readonly data: unknown };

/** Events that match the filter and come after the call, until `stop` aborts. */
export type Arrivals = (filter: string, stop: AbortSignal) => AsyncIterable<Arrived>;

const mostEarly = 10_000;

/**
 * Hears the returns of all jobs from the moment it is made: a minion may answer before the command that called it
 * has told the job's id.
 */
export class Ear {
	readonly #stop = new AbortController();
	readonly #early: Arrived[] = [];
	#hear: ((arrived: Arrived) => void) | undefined;

	constructor(arrivals: Arrivals) {
		// Where nothing can be heard, the master's job cache still tells.
		this.#listen(arrivals).catch(() => this.close());
	}

	/** What was heard so far, and what comes. */
	tell(hear: (arrived: Arrived) => void): void {
		this.#hear = hear;
		for (const arrived of this.#early.splice(0)) hear(arrived);
	}

	close(): void {
		this.#stop.abort();
	}

	async #listen(arrivals: Arrivals): Promise<void> {
		for await (const arrived of arrivals('tag:salt/job/*/ret/*', this.#stop.signal)) {
			if (this.#hear) this.#hear(arrived);
			else if (this.#early.length < mostEarly) this.#early.push(arrived);
		}
	}
}
