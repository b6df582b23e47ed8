import type { Verb } from './io.ts';

export type VerbOption = {
	/** As commander takes it: `-n, --number <count>`. */
	readonly flags: string;
	readonly says: string;
};

export type VerbEntry = {
	readonly name: string;
	readonly aliases?: readonly string[];
	/** Its arguments, as the help shows them. */
	readonly words: string;
	readonly says: string;
	readonly examples: readonly string[];
	readonly options?: readonly VerbOption[];
	load(): Promise<Verb<never>>;
};

/** Every verb of the command line, in the order of the help. The code behind one is imported when it is called. */
export const verbs: readonly VerbEntry[] = [
	{
		name: 'version',
		words: '',
		says: 'the version',
		examples: ['eventctl version'],
		load: () => import('./version.ts'),
	},
];
