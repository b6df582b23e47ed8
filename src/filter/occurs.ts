import type { Needle } from '../core/criterion.ts';

/** Whether a needle occurs in a tag or in a body, by bytes. */
export function occursIn(needle: Needle, tag: string, body: Uint8Array): boolean {
	return contains(Buffer.from(tag), needle) || contains(body, needle);
}

function contains(haystack: Uint8Array, { bytes, mask }: Needle): boolean {
	for (let at = 0; at + bytes.length <= haystack.length; at++) {
		let same = 0;
		while (
			same < bytes.length &&
			((haystack[at + same] ?? 0) | (mask?.[same] ?? 0)) === bytes[same]
		) {
			same++;
		}
		if (same === bytes.length) return true;
	}
	return false;
}
