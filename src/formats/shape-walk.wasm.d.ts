/** What the build makes of shape-walk.as.ts. Addresses and sizes are in bytes. */

type Global = { readonly value: number };

export type ShapeWalk = {
	readonly memory: { readonly buffer: ArrayBuffer };
	readonly textAt: Global;
	readonly textRoom: Global;
	readonly treeAt: Global;
	readonly treeRoom: Global;
	readonly marksAt: Global;
	walk(start: number, end: number): number;
};

/** One with a memory of its own. Throws a RangeError where the system gives none. */
export function instantiate(): ShapeWalk;
