import { ifRoom } from '../core/if-room.ts';
import { instantiate } from './find-bytes.wasm.js';

/** Finds a needle in a window of bytes; both are laid into its memory, where they have their rooms. */
export type Finder = {
	readonly memory: Uint8Array;
	readonly needleAt: number;
	/** For each byte of the needle, the bits that do not count. */
	readonly maskAt: number;
	readonly windowAt: number;
	/** How many bytes a window has at most. */
	readonly windowRoom: number;
	/** The first place of the window in [from, last] where the needle's `length` bytes are, or -1. */
	find(from: number, last: number, length: number, rare: number, other: number): number;
};

/** One in WebAssembly, where there is memory for it. */
export function newFinder(): Finder {
	return ifRoom(fastFinder) ?? plainFinder();
}

function fastFinder(): Finder {
	const { memory, needleAt, maskAt, windowAt, windowRoom, find } = instantiate();
	return {
		memory: new Uint8Array(memory.buffer),
		needleAt: needleAt.value,
		maskAt: maskAt.value,
		windowAt: windowAt.value,
		windowRoom: windowRoom.value,
		find,
	};
}

/** The same byte by byte: what it finds is what a search means. */
export function plainFinder(): Finder {
	const room = 1 << 16;
	const [needleAt, maskAt, windowAt] = [0, room, 2 * room] as const;
	const memory = new Uint8Array(3 * room);
	const isByte = (at: number, index: number) =>
		((memory[at + index] ?? 0) | (memory[maskAt + index] ?? 0)) === memory[needleAt + index];
	return {
		...{ memory, needleAt, maskAt, windowAt, windowRoom: room },
		find(from, last, length) {
			for (let at = from; at <= last; at++) {
				let index = 0;
				while (index < length && isByte(windowAt + at, index)) index++;
				if (index === length) return at;
			}
			return -1;
		},
	};
}
