import { loadConfig } from '../config/load.ts';
import { safeText } from '../core/safe-text.ts';
import { type Described, describe } from '../keys/describe.ts';
import { userKeymap } from './console/user-keys.ts';
import { configFiles } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';

/** Prints what each key does, context by context, as the configuration and the user's keys.yaml have it. */
export async function run(
	_words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	const { config } = await loadConfig(io.env, configFiles, options);
	const described = describe(await userKeymap(config.keymap, io.env));
	const width = Math.max(...described.map((line) => keysOf(line).length));
	for (const [context, lines] of Map.groupBy(described, ({ context }) => context)) {
		io.stdout.write(`${context}\n`);
		for (const line of lines) {
			const keys = safeText(keysOf(line).padEnd(width));
			io.stdout.write(`  ${keys}  ${line.command.title} (${line.command.id})\n`);
		}
	}
	return 0;
}

/** A command's keys as one cell: `j  ↓`. */
export function keysOf({ keys }: Described): string {
	return keys.join('  ');
}
