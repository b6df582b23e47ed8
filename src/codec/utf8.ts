import { isUtf8 } from 'node:buffer';

/** The text of valid UTF-8, or a copy of the bytes where they are none: guessing would lose what was sent. */
export function utf8OrBytes(bytes: Buffer, start: number, end: number): string | Uint8Array {
	const text = bytes.toString('utf8', start, end);
	if (!text.includes('\ufffd')) return text;
	const slice = bytes.subarray(start, end);
	return isUtf8(slice) ? text : Uint8Array.from(slice);
}
