/** What the build makes of find-bytes.as.ts. Addresses and sizes are in bytes. */

type Global = { readonly value: number };

export type FindBytes = {
	readonly memory: { readonly buffer: ArrayBuffer };
	readonly needleAt: Global;
	/** The longest needle; no filter has room for a longer one. */
	readonly needleRoom: Global;
	readonly maskAt: Global;
	readonly windowAt: Global;
	readonly windowRoom: Global;
	find(from: number, last: number, length: number, rare: number, other: number): number;
};

/** One with a memory of its own. Throws a RangeError where the system gives none. */
export function instantiate(): FindBytes;
