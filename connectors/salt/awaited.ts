import { isDeepStrictEqual } from 'node:util';
import { decodeMsgpack, encodeMsgpack } from '../../src/codec/msgpack.ts';
import type { Outgoing } from '../../src/core/connector.ts';
import { type Message, mapOf } from './outgoing.ts';

/** An event that must appear on a bus. */
export type Awaited = { readonly tag: Uint8Array; isEcho(body: Uint8Array): boolean };

/** What a bus repeats exactly as it was written. */
export function sameBytes({ tag, body }: Message): Awaited {
	return { tag, isEcho: (other) => Buffer.compare(body, other) === 0 };
}

/** A single event reaches the master in an envelope that holds the minion's id. */
export function signed({ tag, data }: Outgoing, isOwn: (id: string) => boolean): Awaited {
	const expected = asDecoded(mapOf(tag, data));
	return awaitedData(tag, (found) => {
		const id = entryOf(found, 'id');
		const isFromHere = typeof id === 'string' && isOwn(id);
		return isFromHere && isDeepStrictEqual(entryOf(found, 'data'), expected);
	});
}

/** An event of a batch reaches it bare, with a stamp of the master's. */
export function arrived({ tag, data }: Outgoing): Awaited {
	const expected = asDecoded(mapOf(tag, data));
	return awaitedData(tag, (found) =>
		isDeepStrictEqual(withoutStamp(found), withoutStamp(expected)),
	);
}

function awaitedData(tag: string, isEcho: (data: unknown) => boolean): Awaited {
	return {
		tag: Buffer.from(tag),
		isEcho(body) {
			try {
				return isEcho(decodeMsgpack(body));
			} catch {
				// Others may send anything under the same tag: what cannot be read is not ours.
				return false;
			}
		},
	};
}

/** The value as it looks once it went over the wire. */
function asDecoded(value: unknown): unknown {
	return decodeMsgpack(encodeMsgpack(value));
}

function entryOf(data: unknown, key: string): unknown {
	return entriesOf(data).find(([name]) => name === key)?.[1];
}

function withoutStamp(data: unknown): unknown {
	return new Map(entriesOf(data).filter(([key]) => key !== '_stamp'));
}

function entriesOf(data: unknown): [unknown, unknown][] {
	if (data instanceof Map) return [...data];
	return typeof data === 'object' && data !== null ? Object.entries(data) : [];
}
