import { Failure } from '../core/errors.ts';
import { run as openConsole } from './console.ts';
import type { GlobalOptions, Io } from './io.ts';

/** A recording in the console, or as lines where there is no terminal: a source like any other. */
export async function run(
	[path, ...words]: readonly string[],
	options: GlobalOptions & { readonly speed?: string },
	io: Io,
): Promise<number> {
	if (path === undefined) throw new Failure('usage', 'replay: names no recording');
	const speed = options.speed === undefined ? '' : `?speed=${encodeURIComponent(options.speed)}`;
	return openConsole(words, { ...options, source: [`replay:${path}${speed}`] }, io);
}
