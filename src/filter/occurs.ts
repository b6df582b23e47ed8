import type { Needle } from '../core/criterion.ts';

/** Whether a needle occurs in a tag or in a body, by bytes; with `foldCase`, ASCII capitals count as small letters. */
export function occursIn(needle: Needle, tag: string, body: Uint8Array): boolean {
	return contains(Buffer.from(tag), needle) || contains(Buffer.from(body), needle);
}

function contains(haystack: Buffer, { bytes, foldCase }: Needle): boolean {
	return (foldCase ? lowered(haystack) : haystack).indexOf(bytes) >= 0;
}

function lowered(bytes: Buffer): Buffer {
	return Buffer.from(
		bytes.toString('latin1').replace(/[A-Z]+/g, (run) => run.toLowerCase()),
		'latin1',
	);
}
