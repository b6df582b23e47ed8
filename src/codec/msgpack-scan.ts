/**
 * The index behind the MessagePack value that starts at `at`, or -1 where the bytes up to `end` do not hold
 * it whole. Allocates nothing and follows no nesting, so that no bytes can make it fail or recurse.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
	let next = at;
	for (let pending = 1; pending > 0; pending -= 1) {
		if (next >= end) return -1;
		const first = bytes[next] ?? 0;
		next += 1;
		if (first < 0x80 || first >= 0xe0) continue;
		if (first < 0x90) pending += (first & 0x0f) * 2;
		else if (first < 0xa0) pending += first & 0x0f;
		else if (first < 0xc0) next += first & 0x1f;
		else if (first < 0xdc) {
			const size = sizeOf(bytes, first, next);
			if (size < 0) return -1;
			next += size;
		} else {
			const isWide = (first & 1) === 1;
			const count = isWide ? uint32(bytes, next) : uint16(bytes, next);
			next += isWide ? 4 : 2;
			pending += first < 0xde ? count : count * 2;
		}
	}
	return next <= end ? next : -1;
}

/** How many bytes follow the first one of a value that is neither small nor a container; -1 for 0xc1, which is none. */
function sizeOf(bytes: Uint8Array, first: number, at: number): number {
	switch (first) {
		case 0xc0:
		case 0xc2:
		case 0xc3:
			return 0;
		case 0xc4:
		case 0xd9:
			return 1 + (bytes[at] ?? 0);
		case 0xc5:
		case 0xda:
			return 2 + uint16(bytes, at);
		case 0xc6:
		case 0xdb:
			return 4 + uint32(bytes, at);
		case 0xc7:
			return 2 + (bytes[at] ?? 0);
		case 0xc8:
			return 3 + uint16(bytes, at);
		case 0xc9:
			return 5 + uint32(bytes, at);
		case 0xcc:
		case 0xd0:
			return 1;
		case 0xcd:
		case 0xd1:
		case 0xd4:
			return 2;
		case 0xd5:
			return 3;
		case 0xca:
		case 0xce:
		case 0xd2:
			return 4;
		case 0xd6:
			return 5;
		case 0xcb:
		case 0xcf:
		case 0xd3:
			return 8;
		case 0xd7:
			return 9;
		case 0xd8:
			return 17;
		default:
			return -1;
	}
}

/** The big-endian number of two bytes at `at`; bytes that are not there count as 0. */
export function uint16(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** The big-endian number of four bytes at `at`; bytes that are not there count as 0. */
export function uint32(bytes: Uint8Array, at: number): number {
	return uint16(bytes, at) * 0x10000 + uint16(bytes, at + 2);
}
