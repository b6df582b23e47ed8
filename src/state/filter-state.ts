export type FilterState = {
	/** Kept while `isOff`, so that the same key brings it back. */
	readonly text: string;
	readonly isOff: boolean;
	/** What the open prompt would hide; absent when no prompt is open. */
	readonly preview?: string;
	readonly back: readonly string[];
	readonly forth: readonly string[];
};
