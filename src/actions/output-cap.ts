const isUtf8 = new TextDecoder('utf-8', { fatal: true });

/** What is kept of a stream: its beginning and its end, each half of the limit, and a count of what lies between. */
export class OutputCap {
	readonly #half: number;
	#head: Buffer = Buffer.alloc(0);
	#tail: Buffer = Buffer.alloc(0);
	#total = 0;

	/** `limit` in bytes. */
	constructor(limit: number) {
		this.#half = Math.floor(limit / 2);
	}

	push(bytes: Uint8Array): void {
		this.#total += bytes.length;
		const room = this.#half - this.#head.length;
		if (room > 0) this.#head = Buffer.concat([this.#head, bytes.subarray(0, room)]);
		const rest = bytes.subarray(Math.max(0, room));
		if (rest.length > 0) this.#tail = Buffer.concat([this.#tail, rest]).subarray(-this.#half);
	}

	/** The text, as base64 where the bytes are no UTF-8. A character that the cut went through is left out whole. */
	kept(): { readonly text: string; readonly isBase64: boolean; readonly leftOut: number } {
		const isCut = this.#head.length + this.#tail.length < this.#total;
		const head = isCut ? this.#head.subarray(0, wholeUntil(this.#head)) : this.#head;
		const tail = isCut ? this.#tail.subarray(wholeFrom(this.#tail)) : this.#tail;
		const bytes = Buffer.concat([head, tail]);
		const leftOut = this.#total - bytes.length;
		try {
			return { text: isUtf8.decode(bytes), isBase64: false, leftOut };
		} catch {
			// No text at all: base64 loses nothing of it.
			return { text: bytes.toString('base64'), isBase64: true, leftOut };
		}
	}
}

/** Where a character begins that has no end in these bytes, else their length. */
function wholeUntil(bytes: Buffer): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 0x80) break;
		const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
		if (length > back) return bytes.length - back;
		if (length > 1) break;
	}
	return bytes.length;
}

/** Past the bytes that belong to a character begun before these. */
function wholeFrom(bytes: Buffer): number {
	let at = 0;
	while (at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at++;
	return at;
}
