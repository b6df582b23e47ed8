/** What did not come: shown as a row, never as silence. */
export type Gap = {
	/** Milliseconds since the epoch; the last moment the stream was known to be whole. */
	readonly from: number;
	/** Milliseconds since the epoch; when it was whole again. */
	readonly to: number;
	/** A sentence part an operator understands: `the master closed the connection`. */
	readonly cause: string;
	/** How many events are known to be missing; absent where nobody can know. */
	readonly lost?: number;
};
