import { skipValue } from '../../src/codec/msgpack-scan.ts';
import type { FrameSink } from '../wire/frames.ts';
import { blankLine, isMap } from '../wire/salt-envelope.ts';
import type { Manner } from './manner.ts';
import type { Message } from './outgoing.ts';

/** Salt up to 2014.7 fills a shorter tag up to this length, in bytes. */
const paddedBytes = 20;
const pad = 0x7c;

export const severalParts = 'a message of several parts, which Salt does not send';

/**
 * Cuts each message of a ZeroMQ bus into tag and data: a tag ends in a blank line, or is filled up with `|`
 * to 20 bytes where it is no longer than that and the bus is one of Salt 2014.7 or older.
 */
export function cuttingMessages(sink: FrameSink, manner: Manner): FrameSink {
	return {
		cut(bytes, firstStart, firstEnd, start, end) {
			if (firstStart < firstEnd) return sink.broken(bytes.subarray(firstStart, end), severalParts);
			if (isPadded(bytes, start, end)) {
				manner.pads = true;
				return sink.cut(bytes, start, unpadded(bytes, start), start + paddedBytes, end);
			}
			const tagEnd = blankLine(bytes, start, end);
			if (tagEnd >= 0) sink.cut(bytes, start, tagEnd, tagEnd + 2, end);
			else
				sink.broken(
					bytes.subarray(start, end),
					'a message without the blank line that ends its tag',
				);
		},
		broken: (bytes, reason) => sink.broken(bytes, reason),
	};
}

/** Behind 20 bytes without a blank line stands one map, and nothing behind it. */
function isPadded(bytes: Uint8Array, start: number, end: number): boolean {
	const data = start + paddedBytes;
	if (data >= end || !isMap(bytes[data] ?? 0)) return false;
	return blankLine(bytes, start, data) < 0 && skipValue(bytes, data, end) === end;
}

function unpadded(bytes: Uint8Array, start: number): number {
	let end = start + paddedBytes;
	while (end > start && bytes[end - 1] === pad) end -= 1;
	return end;
}

/** The one part of the message in which such a bus carries an event. */
export function messageOf({ tag, body }: Message, { pads }: Manner): Buffer {
	const isShort = tag.length <= paddedBytes;
	if (!pads || !isShort) return Buffer.concat([tag, Buffer.from('\n\n'), body]);
	return Buffer.concat([tag, Buffer.alloc(paddedBytes - tag.length, pad), body]);
}
