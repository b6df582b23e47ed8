/** How far a stream was read. */
export type Position = {
	/** When the stream was created, as the server writes it: another time is another stream. */
	readonly created: string;
	/** The last sequence that was read or is known to be gone. */
	last: number;
	/** When the last event was stored, nanoseconds since the epoch; undefined before the first. */
	storedAt: bigint | undefined;
};

/** What the server says about a stream. */
export type StreamState = {
	readonly created: string;
	readonly first: number;
	readonly last: number;
	/** Whether each sequence is one of ours: no filter, nothing that replaces older events. */
	readonly isDense: boolean;
};

/** What is missing, and from where to go on. */
export type Resumption = {
	readonly next: { readonly sequence: number } | { readonly after: bigint };
	readonly missing?: { readonly cause: string; readonly lost?: number };
};

/** Where to go on in a stream that was read as far as `position`, and what can no longer be had. */
export function resume(position: Position, stream: StreamState): Resumption {
	if (stream.created !== position.created) {
		return {
			next: { sequence: 1 },
			missing: { cause: 'history replaced: the stream was deleted and made anew' },
		};
	}
	if (stream.last < position.last) {
		const cause = `history replaced: the stream ends at ${stream.last}, ${position.last} was read`;
		// What the server wrote since took old numbers: only the time tells it from what was read.
		const next =
			position.storedAt === undefined
				? { sequence: stream.last + 1 }
				: { after: position.storedAt };
		return { next, missing: { cause } };
	}
	if (stream.first <= position.last + 1) return { next: { sequence: position.last + 1 } };
	const missing = removed(position.last + 1, stream.first - 1, stream.isDense);
	return { next: { sequence: stream.first }, missing };
}

/** The words for sequences that left the stream unread; how many events that is, only where all were ours. */
export function removed(
	from: number,
	to: number,
	isDense: boolean,
): { readonly cause: string; readonly lost?: number } {
	const range = from === to ? `${from}` : `${from}–${to}`;
	const cause = `left the stream before it was read (sequence ${range})`;
	return isDense ? { cause, lost: to - from + 1 } : { cause };
}
