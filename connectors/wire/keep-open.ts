import { type Clock, pause } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';

/** How a connection ended, or why it never began, as sentence parts for the operator. */
export type Ending = {
	readonly reason: string;
	/** What to say instead where the other side takes a new connection at once. */
	readonly ifTakenAtOnce?: string;
};

/** What a connection tells while it lives; said again, both change nothing. */
export type Progress = {
	/** It was taken. */
	opened(): void;
	/** Its first bytes are here; called before they are pushed. */
	speaks(): void;
};

export type Opening = {
	/** Connects, tells how it fares, and resolves when it is over. */
	connect(progress: Progress): Promise<Ending>;
	/** Calls `changed` when another try may be worth it; the returned function ends that. */
	watch?(changed: () => void): () => void;
	readonly sink: Pick<Sink, 'gap' | 'link'>;
	readonly clock: Clock;
};

const firstDelayMs = 100;
const longestDelayMs = 2000;
/** A connection that ends sooner counts as one more failure, lest we knock without a pause. */
const lastingMs = 2000;
/** A daemon that is dying may take a connection with its last breath: one that is taken at once must stand so long, or speak. */
const provenMs = 200;

/**
 * Connects again for ever, at once after a connection that lasted, then after 0.1 s doubling to 2 s, sooner
 * where `watch` says so. Reports every state of the link, and one gap for each time without a connection.
 */
export async function keepOpen(opening: Opening, stop: AbortSignal): Promise<void> {
	const { sink, clock } = opening;
	const outage = new Outage(opening);
	let failures = 0;
	sink.link({ kind: 'connecting' });
	while (!stop.aborted) {
		const { ending, lastedMs } = await connectOnce(opening, outage);
		if (stop.aborted) break;
		outage.begin(ending, lastedMs !== undefined);
		failures = lastedMs !== undefined && lastedMs >= lastingMs ? 0 : failures + 1;
		if (failures === 0) sink.link({ kind: 'connecting' });
		else if (await wait(opening, failures, ending, stop)) failures = 0;
	}
	outage.end(clock.now(), false);
}

/** One connection from its try to its end; `lastedMs` is undefined for one that never stood. */
async function connectOnce(
	{ connect, sink, clock }: Opening,
	outage: Outage,
): Promise<{ readonly ending: Ending; readonly lastedMs: number | undefined }> {
	let openedAt: number | undefined;
	let cancel: (() => void) | undefined;
	const stands = () => {
		if (openedAt !== undefined) return;
		cancel?.();
		openedAt = clock.now();
		outage.end(openedAt, outage.isFresh);
		sink.link({ kind: 'live' });
	};
	const opened = () => {
		if (outage.isFresh) cancel ??= clock.after(provenMs, stands);
		else stands();
	};
	const ending = await connect({ opened, speaks: stands });
	cancel?.();
	return { ending, lastedMs: openedAt === undefined ? undefined : clock.now() - openedAt };
}

/** The time without a connection, from the end of one that stood to the next that does. */
class Outage {
	readonly #sink: Pick<Sink, 'gap'>;
	readonly #clock: Clock;
	#loss: { readonly at: number; readonly ending: Ending } | undefined;
	/** Whether no try has failed since it began. */
	isFresh = false;

	constructor({ sink, clock }: Pick<Opening, 'sink' | 'clock'>) {
		this.#sink = sink;
		this.#clock = clock;
	}

	/** A try is over: where its connection had stood, an outage begins with that. */
	begin(ending: Ending, hadStood: boolean): void {
		if (hadStood) this.#loss = { at: this.#clock.now(), ending };
		this.isFresh = hadStood;
	}

	end(to: number, isTakenAtOnce: boolean): void {
		if (this.#loss === undefined) return;
		const { at, ending } = this.#loss;
		const { reason, ifTakenAtOnce = reason } = ending;
		this.#sink.gap({ from: at, to, cause: isTakenAtOnce ? ifTakenAtOnce : reason });
		this.#loss = undefined;
		this.isFresh = false;
	}
}

/** Whether something happened that makes the next tries worth their haste. */
async function wait(
	{ watch, sink, clock }: Opening,
	attempt: number,
	{ reason }: Ending,
	stop: AbortSignal,
): Promise<boolean> {
	const ms = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
	const prompt = new AbortController();
	const unwatch = watch?.(() => prompt.abort());
	sink.link({ kind: 'waiting', retryAt: clock.now() + ms, reason, attempt });
	await pause(clock, ms, AbortSignal.any([stop, prompt.signal]));
	unwatch?.();
	return prompt.signal.aborted;
}
