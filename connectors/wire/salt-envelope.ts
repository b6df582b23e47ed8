import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import { skipValue, uint16, uint32 } from '../../src/codec/msgpack-scan.ts';

/** More bytes than any Salt bus sends in one frame: a larger length was never one. */
export const maxFrameBytes = 16 * 1024 * 1024;
/** Salt's frames hold two pairs, and beside the body a few bytes: what goes far beyond was never a frame. */
const maxPairs = 16;
const maxHeadBytes = 1024;

/** Where the parts of one frame lie; one object is filled anew for each frame. */
export type Envelope = {
	/** Behind the whole frame. */
	end: number;
	tagStart: number;
	/** The blank line; -1 where there is none. */
	tagEnd: number;
	bodyStart: number;
	bodyEnd: number;
};

export function newEnvelope(): Envelope {
	return { end: 0, tagStart: -1, tagEnd: -1, bodyStart: -1, bodyEnd: -1 };
}

/**
 * Whether a frame is here: `whole`; `partial` while bytes are still missing; `bodiless` (a map without a body)
 * and `tagless` (a body without a blank line), of which only `end` is filled; `lost` where it cannot be one
 * and nobody knows where the next begins.
 */
export type Reading = 'whole' | 'partial' | 'bodiless' | 'tagless' | 'lost';

/**
 * Finds tag and payload in the map `{head, body}` that starts at `start`, keys in any order, the body binary
 * or text. Looks at the frame's few first bytes and the tag only; decodes and allocates nothing.
 */
export function readEnvelope(
	bytes: Uint8Array,
	start: number,
	limit: number,
	found: Envelope,
): Reading {
	return beginsAsUsual(bytes, start)
		? readBody(bytes, start + usualHead.length, limit, found)
		: readPairs(bytes, start, limit, found);
}

/** How nearly every frame begins: a map of two, `head` with nothing in it, `body`. */
const usualHead = Buffer.from('\x82\xa4head\x80\xa4body', 'latin1');

function beginsAsUsual(bytes: Uint8Array, start: number): boolean {
	return (
		bytes[start] === 0x82 &&
		uint32(bytes, start + 1) === 0xa4686561 &&
		uint32(bytes, start + 5) === 0x6480a462 &&
		uint32(bytes, start + 8) === 0x626f6479
	);
}

function readBody(bytes: Uint8Array, at: number, limit: number, found: Envelope): Reading {
	const end = skipValue(bytes, at, limit);
	if (end < 0) return isTooLong(bytes, at, limit) ? 'lost' : 'partial';
	found.tagStart = contentStart(bytes, at);
	found.bodyEnd = end;
	found.end = end;
	return splitBody(bytes, found);
}

function readPairs(bytes: Uint8Array, start: number, limit: number, found: Envelope): Reading {
	const first = bytes[start] ?? 0;
	if (!isMap(first)) return 'lost';
	let at = start + (first < 0x90 ? 1 : first === 0xde ? 3 : 5);
	if (at > limit) return 'partial';
	const pairs = pairsAt(bytes, start);
	if (pairs > maxPairs) return 'lost';
	found.tagStart = -1;
	for (let pair = 0; pair < pairs; pair += 1) {
		const value = skipValue(bytes, at, limit);
		if (value < 0) return unfinished(at, limit);
		const isBody = isBodyKey(bytes, at);
		at = skipValue(bytes, value, limit);
		if (at < 0 && !isBody) return unfinished(value, limit);
		if (at < 0) return isTooLong(bytes, value, limit) ? 'lost' : 'partial';
		if (isBody) found.tagStart = contentStart(bytes, value);
		if (isBody) found.bodyEnd = at;
	}
	found.end = at;
	return splitBody(bytes, found);
}

/** Whether a byte begins a msgpack map. */
export function isMap(first: number): boolean {
	return (first >= 0x80 && first <= 0x8f) || first === 0xde || first === 0xdf;
}

/** The first blank line ends the tag; what follows is the payload. */
function splitBody(bytes: Uint8Array, found: Envelope): Reading {
	if (found.tagStart < 0) return 'bodiless';
	found.tagEnd = blankLine(bytes, found.tagStart, found.bodyEnd);
	found.bodyStart = found.tagEnd + 2;
	return found.tagEnd < 0 ? 'tagless' : 'whole';
}

/** Where the first two newlines in a row stand; -1 where none do. Of any two bytes in a row it looks at one first. */
export function blankLine(bytes: Uint8Array, start: number, end: number): number {
	for (let at = start + 1; at < end; at += 2) {
		if (bytes[at] !== 0x0a) continue;
		if (bytes[at - 1] === 0x0a) return at - 1;
		if (at + 1 < end && bytes[at + 1] === 0x0a) return at;
	}
	return -1;
}

function pairsAt(bytes: Uint8Array, start: number): number {
	const first = bytes[start] ?? 0;
	if (first < 0x90) return first & 0x0f;
	return first === 0xde ? uint16(bytes, start + 1) : uint32(bytes, start + 1);
}

/** A key, or a value beside the body, that is not whole yet. */
function unfinished(at: number, limit: number): Reading {
	return limit - at > maxHeadBytes ? 'lost' : 'partial';
}

/** Whether the text `body` starts here: a4 `body`. */
function isBodyKey(bytes: Uint8Array, at: number): boolean {
	return bytes[at] === 0xa4 && uint32(bytes, at + 1) === 0x626f6479;
}

/** Behind `limit` lie bytes of earlier frames: a length is only read where it is whole. */
function isTooLong(bytes: Uint8Array, at: number, limit: number): boolean {
	const first = bytes[at];
	const hasLength = (first === 0xc6 || first === 0xdb) && at + 5 <= limit;
	return hasLength && uint32(bytes, at + 1) > maxFrameBytes;
}

/** Where the bytes of a text or binary value begin; -1 for a value that is neither. */
function contentStart(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	if (first >= 0xa0 && first <= 0xbf) return at + 1;
	if (first === 0xc4 || first === 0xd9) return at + 2;
	if (first === 0xc5 || first === 0xda) return at + 3;
	return first === 0xc6 || first === 0xdb ? at + 5 : -1;
}

/** The map that Salt's own clients write: an empty head, and tag, blank line and payload as a binary body. */
export function writeEnvelope(tag: Uint8Array, payload: Uint8Array): Uint8Array {
	return encodeMsgpack({ head: {}, body: Buffer.concat([tag, Buffer.from('\n\n'), payload]) });
}
