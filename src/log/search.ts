import type { Needle } from '../core/criterion.ts';

/** A compiled needle: the one place that scans bytes. `find` gives the first hit within [from, to), or -1. */
export type Search = {
	readonly length: number;
	find(haystack: Buffer, from: number, to: number): number;
};

export function searchFor(needle: Needle): Search {
	if (needle.bytes.length === 0) return { length: 0, find: (_, from) => from };
	if (!needle.foldCase || !needle.bytes.some(isLowerLetter)) return exactSearch(needle.bytes);
	return foldingSearch(needle.bytes);
}

function exactSearch(bytes: Uint8Array): Search {
	const wanted = Buffer.from(bytes);
	return {
		length: wanted.length,
		find(haystack, from, to) {
			// A bounded view: without it a miss would read on to the end of the slab, hit or no hit.
			const hit = haystack.subarray(from, to).indexOf(wanted);
			return hit < 0 ? -1 : from + hit;
		},
	};
}

/** Boyer–Moore–Horspool over folded bytes: it reads about one byte in `length`. */
function foldingSearch(bytes: Uint8Array): Search {
	const length = bytes.length;
	const last = length - 1;
	const fold = new Uint8Array(256);
	const skip = new Int32Array(256).fill(length);
	for (let byte = 0; byte < 256; byte++) fold[byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
	for (let byte = 0; byte < 256; byte++) {
		const at = bytes.lastIndexOf(fold[byte] ?? 0, last - 1);
		if (at >= 0 && last > 0) skip[byte] = last - at;
	}
	const tail = bytes[last] ?? 0;
	return {
		length,
		find(haystack, from, to) {
			let at = from + last;
			while (at < to) {
				const byte = haystack[at] ?? 0;
				if (fold[byte] === tail) {
					let back = 1;
					while (back <= last && fold[haystack[at - back] ?? 0] === bytes[last - back]) back++;
					if (back > last) return at - last;
				}
				at += skip[byte] ?? 1;
			}
			return -1;
		},
	};
}

function isLowerLetter(byte: number): boolean {
	return byte >= 97 && byte <= 122;
}
