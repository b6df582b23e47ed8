import { hostname } from 'node:os';
import { confirmLockdown } from '../actions/confirm-lockdown.ts';
import { openHost } from '../actions/this-host.ts';
import { Failure } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import type { GlobalOptions, Io } from './io.ts';

/** Keeps a lockdown of this machine, from an SSH login that came through its rules. */
export async function run(
	words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	const [id = ''] = words;
	if (!/^R-[0-9]{4,}$/u.test(id)) {
		throw new Failure('usage', 'confirm: names no run: eventctl confirm R-0098');
	}
	const host = await openHost(hostname(), io.env);
	const by = await confirmLockdown(id, await host.login(), host, io.stop);
	if (!options.quiet) io.stderr.write(`${id}: kept, confirmed from ${safeText(by)}\n`);
	return 0;
}
