import { type GlobalOptions, type Io, isPiped } from './io.ts';

/** What a plan is made from; plain data, so that a worker can be given it. */
export type Wanted = {
	readonly options: GlobalOptions;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdinIsPiped: boolean;
	/** The filter of what is kept at all. */
	readonly only?: string;
};

/** What a command line must repeat to mean the same configuration. */
export function globalsOf({ profile, config }: GlobalOptions): readonly string[] {
	return [...(profile ? ['--profile', profile] : []), ...(config ? ['--config', config] : [])];
}

export function wantedBy(options: GlobalOptions, io: Io, only?: string): Wanted {
	const wanted = { options, env: io.env, stdinIsPiped: isPiped(io.stdin) };
	return only === undefined ? wanted : { ...wanted, only };
}
