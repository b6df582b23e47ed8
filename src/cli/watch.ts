import { type Clock, pause } from '../core/clock.ts';

const pollMs = 2000;

export type Watching<Found extends { readonly content: string }> = {
	/** Looks at what is watched; equal `content` means that nothing changed. Never rejects. */
	readonly look: () => Promise<Found>;
	/** The content that is in force when the watch begins. */
	readonly seen: string;
	readonly clock: Clock;
	readonly onChange: (found: Found) => void | Promise<void>;
};

/** Looks every two seconds until `stop`, and tells of each look that finds something else than the one before. */
export async function watch<Found extends { readonly content: string }>(
	{ look, seen, clock, onChange }: Watching<Found>,
	stop: AbortSignal,
): Promise<void> {
	let last = seen;
	while (!stop.aborted) {
		await pause(clock, pollMs, stop);
		const found = stop.aborted ? undefined : await look();
		if (found === undefined || found.content === last) continue;
		last = found.content;
		await onChange(found);
	}
}
