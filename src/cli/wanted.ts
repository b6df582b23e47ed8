import { type GlobalOptions, type Io, isPiped } from './io.ts';

/** What a plan is made from; plain data, so that a worker can be given it. */
export type Wanted = {
	readonly options: GlobalOptions;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdinIsPiped: boolean;
};

export function wantedBy(options: GlobalOptions, io: Io): Wanted {
	return { options, env: io.env, stdinIsPiped: isPiped(io.stdin) };
}
