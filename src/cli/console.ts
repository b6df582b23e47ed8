import { Failure } from '../core/errors.ts';
import type { GlobalOptions, Io } from './io.ts';

export async function run(
	words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	if (!io.stdout.isTTY) {
		const events = await import('./events.ts');
		return events.run(words, options, io);
	}
	throw new Failure('no-source', 'no source was named and none was found: try `eventctl demo`');
}
