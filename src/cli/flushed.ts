import type { Writable } from 'node:stream';

/** Resolves when all that was written is handed on, or nobody reads it any more; or when `stop` aborts. */
export async function flushed(streams: readonly Writable[], stop: AbortSignal): Promise<void> {
	if (stop.aborted) return;
	const stopped = new Promise<unknown>((resolve) => stop.addEventListener('abort', resolve));
	const waiting = streams.filter(({ writableLength }) => writableLength > 0);
	await Promise.race([Promise.all(waiting.map(taken)), stopped]);
}

function taken(stream: Writable): Promise<unknown> {
	return new Promise((resolve) => {
		stream.write('', resolve);
		stream.once('close', resolve);
	});
}
