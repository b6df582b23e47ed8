import type { Sink } from '../../src/core/connector.ts';

/** Bytes of the largest event that is kept as one; a larger one is a broken row. */
export const largestEvent = 256 * 1024;
export const tooLarge = 'larger than 256 KiB';

/** Pushes what a bus brought in one piece, or says that it was too large to keep. */
export function deliver(sink: Sink, tag: Uint8Array, body: Uint8Array, at?: bigint): void {
	if (body.length <= largestEvent) sink.event(tag, body, at);
	else sink.broken(body, tooLarge);
}
