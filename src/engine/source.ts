import type { Clock } from '../core/clock.ts';
import type { Connector, FireOptions, Outgoing, Receipt, Sink } from '../core/connector.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { KeyMap } from '../core/key-map.ts';
import type { SourceState } from '../core/session.ts';
import type { Ingest } from './ingest.ts';

/** A source as config names it: a connector with its settings, checked. */
export type SourceSetup = {
	readonly name: string;
	readonly connector: Connector;
	readonly settings: unknown;
	/** What it is attached to, in words and without secrets. */
	readonly target: string;
	/** Where its JSON says what others say under the usual keys. */
	readonly keys?: KeyMap | undefined;
};

/** A source that runs: its connector is opened, paused, opened again; its state is told to the screen. */
export class Source {
	readonly setup: SourceSetup;
	readonly ingest: Ingest;
	/** Where its connector pushes: the ingest, or what stands before it. */
	readonly #sink: Sink;
	#stop: AbortController | undefined;
	#closed: Promise<void> = Promise.resolve();
	/** What ended it, where that was an error. */
	failure: unknown;
	/** Since when it is paused: milliseconds since the epoch. */
	#pausedAt: number | undefined;
	readonly #clock: Clock;

	constructor(setup: SourceSetup, ingest: Ingest, clock: Clock, sink: Sink = ingest) {
		this.setup = setup;
		this.ingest = ingest;
		this.#sink = sink;
		this.#clock = clock;
	}

	open(): void {
		if (this.#stop) return;
		const stop = new AbortController();
		this.#stop = stop;
		this.#closed = this.#run(stop.signal);
	}

	/** Resolves when the connector has ended, by itself or because it was closed. */
	get closed(): Promise<void> {
		return this.#closed;
	}

	/** Resolves when the connector has closed all it opened. */
	async close(): Promise<void> {
		this.#stop?.abort();
		this.#stop = undefined;
		await this.#closed;
	}

	async pause(isPaused: boolean): Promise<void> {
		if (isPaused === (this.#pausedAt !== undefined)) return;
		if (isPaused) {
			this.#pausedAt = this.#clock.now();
			await this.close();
			this.ingest.link({ kind: 'down', reason: 'paused by you' });
			return;
		}
		const from = this.#pausedAt ?? this.#clock.now();
		this.#pausedAt = undefined;
		this.ingest.gap({ from, to: this.#clock.now(), cause: 'paused by you' });
		this.open();
	}

	async reconnect(): Promise<void> {
		await this.close();
		this.open();
	}

	fire(events: readonly Outgoing[], options: FireOptions, stop: AbortSignal): Promise<Receipt> {
		const { connector, settings, name } = this.setup;
		if (connector.fire) return connector.fire(settings, events, options, stop);
		throw new Failure('usage', `${name}: a ${connector.kind} source cannot be written to`);
	}

	state(second: number): SourceState {
		const { setup } = this;
		const { tally } = this.ingest;
		return {
			name: setup.name,
			kind: setup.connector.kind,
			target: setup.target,
			link: tally.link,
			rate: tally.rate.perSecond(second),
			received: tally.received,
			dropped: tally.dropped,
			gaps: tally.gaps,
			broken: tally.broken,
			...(tally.lastAt === undefined ? {} : { lastAt: tally.lastAt }),
			...(tally.behindMs === undefined ? {} : { behindMs: tally.behindMs }),
			canFire: setup.connector.fire !== undefined,
			canForward: setup.connector.forwards?.(setup.settings) ?? false,
			isPaused: this.#pausedAt !== undefined,
		};
	}

	async #run(stop: AbortSignal): Promise<void> {
		try {
			await this.setup.connector.open(this.setup.settings, this.#sink, stop);
		} catch (error) {
			this.failure = error;
			this.ingest.link({ kind: 'down', reason: reasonOf(error) });
		}
	}
}
