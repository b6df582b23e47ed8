/** The bytes of an ASCII literal, to be compared with `isAt`. */
export function ascii(text: string): Uint8Array {
	return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** Whether the bytes at `at`, and before `end`, begin with the literal. */
export function isAt(bytes: Uint8Array, at: number, end: number, literal: Uint8Array): boolean {
	if (at + literal.length > end) return false;
	for (let index = 0; index < literal.length; index += 1) {
		if (bytes[at + index] !== literal[index]) return false;
	}
	return true;
}

/** Whether the bytes from `start` to `end` are the literal, in any case of ASCII letters; the literal is in lower case. */
export function isWord(
	bytes: Uint8Array,
	start: number,
	end: number,
	literal: Uint8Array,
): boolean {
	if (end - start !== literal.length) return false;
	for (let index = 0; index < literal.length; index += 1) {
		const code = bytes[start + index] ?? 0;
		const lower = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
		if (lower !== literal[index]) return false;
	}
	return true;
}

/** Where the next `byte` is, or `end`. */
export function indexOf(bytes: Uint8Array, byte: number, start: number, end: number): number {
	let at = start;
	while (at < end && bytes[at] !== byte) at += 1;
	return at;
}

export function isDigit(byte: number | undefined): boolean {
	return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
