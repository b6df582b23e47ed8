import { boundsOf } from '../../src/core/bounds.ts';
import { type Format, newPeek, type Peek, sliceIn } from '../../src/core/format.ts';
import { type SeverityName, severityName } from '../../src/core/severity.ts';
import { decodeUtf8 } from '../../src/core/utf8.ts';

export type Peeked = {
	readonly peek: Peek;
	readonly severity: SeverityName;
	/** RFC 3339 with nanoseconds, or undefined where the event names no time. */
	readonly time: string | undefined;
	readonly host: string | undefined;
	readonly name: string | undefined;
};

/** What a format's look at the bytes finds, in words. */
export function peeked(format: Format, tag: Uint8Array, body: Uint8Array): Peeked {
	const peek = newPeek();
	format.peek(boundsOf(tag, body), peek);
	const holder = peek.hostIn === sliceIn.tag ? tag : body;
	return {
		peek,
		severity: severityName(peek.severity),
		time: peek.seconds < 0 ? undefined : timeOf(peek),
		host:
			peek.hostIn === sliceIn.nothing ? undefined : textOf(holder, peek.hostStart, peek.hostEnd),
		name: peek.nameEnd > peek.nameStart ? textOf(body, peek.nameStart, peek.nameEnd) : undefined,
	};
}

function timeOf({ seconds, nanos }: Peek): string {
	const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
	return `${whole}.${String(nanos).padStart(9, '0')}Z`;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
	return decodeUtf8(bytes.subarray(start, end));
}
