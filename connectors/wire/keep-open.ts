import { type Clock, pause } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';

/** How a connection ended, or why it never began, as sentence parts for the operator. */
export type Ending = {
	readonly reason: string;
	/** What to say instead where the other side takes a new connection at once. */
	readonly ifTakenAtOnce?: string;
};

export type Opening = {
	/** Connects, calls `opened` once bytes can come, and resolves when it is over. */
	connect(opened: () => void): Promise<Ending>;
	/** Calls `changed` when another try may be worth it; the returned function ends that. */
	watch?(changed: () => void): () => void;
	readonly sink: Pick<Sink, 'gap' | 'link'>;
	readonly clock: Clock;
};

type Loss = { readonly at: number; readonly ending: Ending; readonly isFresh: boolean };

const firstDelayMs = 100;
const longestDelayMs = 2000;
/** A connection that ends sooner counts as one more failure, lest we knock without a pause. */
const lastingMs = 2000;

/**
 * Connects again for ever, at once after a connection that lasted, then after 0.1 s doubling to 2 s, sooner
 * where `watch` says so. Reports every state of the link, and one gap for each time without a connection.
 */
export async function keepOpen(opening: Opening, stop: AbortSignal): Promise<void> {
	const { sink, clock } = opening;
	let loss: Loss | undefined;
	let failures = 0;
	sink.link({ kind: 'connecting' });
	while (!stop.aborted) {
		let openedAt: number | undefined;
		const ending = await opening.connect(() => {
			openedAt = clock.now();
			if (loss !== undefined) sink.gap(gapOf(loss, openedAt));
			loss = undefined;
			sink.link({ kind: 'live' });
		});
		if (stop.aborted) break;
		const now = clock.now();
		loss =
			openedAt === undefined
				? loss && { ...loss, isFresh: false }
				: { at: now, ending, isFresh: true };
		failures = openedAt !== undefined && now - openedAt >= lastingMs ? 0 : failures + 1;
		if (failures === 0) sink.link({ kind: 'connecting' });
		else if (await wait(opening, failures, ending, stop)) failures = 0;
	}
	if (loss !== undefined) sink.gap(gapOf(loss, clock.now()));
}

function gapOf({ at, ending, isFresh }: Loss, to: number) {
	const cause = isFresh ? (ending.ifTakenAtOnce ?? ending.reason) : ending.reason;
	return { from: at, to, cause };
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
