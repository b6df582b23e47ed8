import { readFileSync } from 'node:fs';
import type { GlobalOptions, Io } from './io.ts';

/** The version in package.json, found from `src` and from `dist` alike. */
export function version(): string {
	const text = readFileSync(new URL(import.meta.resolve('#package')), 'utf8');
	const { version } = JSON.parse(text) as { version: string };
	return version;
}

export async function run(
	_words: readonly string[],
	_options: GlobalOptions,
	io: Io,
): Promise<number> {
	io.stdout.write(`eventctl ${version()}, Node ${process.versions.node}\n`);
	return 0;
}
