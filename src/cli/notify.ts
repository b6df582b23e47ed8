import { loadConfig } from '../config/load.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { configFiles } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';
import { run as runAction } from './run.ts';

export type NotifyOptions = GlobalOptions & { readonly text?: string; readonly output?: string };

const usualText = 'a test message of eventctl: nothing happened, nothing is to be done';

/**
 * `notify test NAME`: sends a message to a configured destination, as any run is made and audited, and tells what
 * the other side answered.
 */
export async function run(
	[what, name]: readonly string[],
	options: NotifyOptions,
	io: Io,
): Promise<number> {
	if (what !== 'test' || name === undefined) {
		throw new Failure('usage', 'notify: eventctl notify test NAME, a name under notify:');
	}
	const { config } = await loadConfig(io.env, configFiles, options);
	const names = Object.keys(config.notify);
	if (!names.includes(name)) {
		const hint = didYouMean(name, names) || `: there are ${names.join(', ') || 'none'}`;
		throw new Failure('usage', `notify: no destination is called ${name}${hint}`);
	}
	const text = JSON.stringify(options.text ?? usualText);
	return runAction([name], { ...options, param: [`text=${text}`] }, io);
}
