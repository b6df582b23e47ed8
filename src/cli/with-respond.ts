import { loadConfig } from '../config/load.ts';
import { Failure } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import type { Respond } from '../engine/respond.ts';
import { respondFor } from './desk.ts';
import { configFiles } from './disk.ts';
import { engineFor } from './engine-for.ts';
import type { GlobalOptions, Io } from './io.ts';
import { sourcesOf } from './plan.ts';
import { wantedBy } from './wanted.ts';

/** What a verb that deals with approvals and runs is given. */
export type Office = { readonly respond: Respond; readonly io: Io };

/**
 * Opens the store and lets `work` deal with it; what it began is finished and written down before this resolves.
 * Sources are opened only where a run listens to them.
 */
export async function withRespond(
	options: GlobalOptions,
	io: Io,
	work: (office: Office) => Promise<number>,
): Promise<number> {
	const wanted = wantedBy(options, io);
	const loaded = await loadConfig(io.env, configFiles, options);
	const planned = { loaded, sources: await sourcesOf(wanted, loaded) };
	const engine = engineFor(planned);
	const { respond } = await respondFor(engine, planned, wanted);
	respond.onNotice = ({ text }) => {
		if (!options.quiet) io.stderr.write(`${safeText(text)}\n`);
	};
	try {
		await respond.start();
		return await work({ respond, io });
	} finally {
		await respond.stop();
		await engine.stop();
	}
}

/** The approval's id, said by its own or by its run's: `A-0097`, `R-0097`, `97`. */
export function approvalId(word: string | undefined, verb: string): string {
	const [, digits] = /^(?:[AR]-)?([0-9]{1,9})$/u.exec(word ?? '') ?? [];
	if (digits) return `A-${digits.padStart(4, '0')}`;
	throw new Failure('usage', `${verb}: which one? say its id, as in R-0097`);
}
