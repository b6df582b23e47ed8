const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text of bytes that should be UTF-8. A byte that is none becomes the lone surrogate U+DC00 + byte, so that no two
 * inputs give the same text and `safeText` can show it as `⟨xFF⟩`.
 */
export function decodeUtf8(bytes: Uint8Array): string {
	try {
		return strict.decode(bytes);
	} catch {
		return decodeBroken(bytes);
	}
}

function decodeBroken(bytes: Uint8Array): string {
	let text = '';
	let index = 0;
	while (index < bytes.length) {
		const end = Math.min(bytes.length, index + (sequenceLength(bytes, index) || 1));
		text +=
			end - index === 1 ? oneByte(bytes[index] ?? 0) : strict.decode(bytes.subarray(index, end));
		index = end;
	}
	return text;
}

function oneByte(byte: number): string {
	return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

/** How many bytes the well-formed sequence at `index` has; 0 where none is. */
export function sequenceLength(bytes: Uint8Array, index: number): number {
	const first = bytes[index] ?? 0;
	if (first < 0x80) return 1;
	const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
	for (let offset = 1; offset < length; offset++) {
		const next = bytes[index + offset] ?? 0;
		if (next < lowest(first, offset) || next > highest(first, offset)) return 0;
	}
	return length;
}

/** Whether the bytes from `index` to the end begin a well-formed sequence and only lack its end. */
export function isUnfinished(bytes: Uint8Array, index: number): boolean {
	const rest = bytes.subarray(index);
	const first = rest[0] ?? 0;
	if (rest.length === 1) return first >= 0xc2 && first < 0xf5;
	return rest.length < 4 && sequenceLength(Uint8Array.of(...rest, 0x80, 0x80), 0) > rest.length;
}

/** No overlong forms: the second byte of E0 and F0 starts higher. */
function lowest(first: number, offset: number): number {
	if (offset > 1) return 0x80;
	return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
}

/** No surrogates and nothing above U+10FFFF: the second byte of ED and F4 ends lower. */
function highest(first: number, offset: number): number {
	if (offset > 1) return 0xbf;
	return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
}
