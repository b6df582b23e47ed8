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
		name: 'demo',
		words: '[filter...]',
		says: 'a lab to try it on: buses that speak as the real ones, and a story',
		examples: ['eventctl demo', "eventctl demo 'sev>=warn'"],
		load: () => import('./demo.ts'),
	},
	{
		name: 'check',
		words: '',
		says: 'is the configuration in order?',
		examples: ['eventctl check', 'eventctl check --profile prod'],
		load: () => import('./check.ts'),
	},
	{
		name: 'config',
		words: '[what]',
		says: 'what is configured: show, schema, path',
		examples: ['eventctl config show --origin', 'eventctl config schema > eventctl.schema.json'],
		options: [{ flags: '--origin', says: 'show: where each value was said' }],
		load: () => import('./config.ts'),
	},
	{
		name: 'doctor',
		words: '',
		says: 'what this machine offers, and why not more',
		examples: ['eventctl doctor'],
		load: () => import('./doctor.ts'),
	},
	{
		name: 'docs',
		words: '',
		says: 'write the pages that tell of the code (in a checkout)',
		examples: ['eventctl docs --check'],
		options: [{ flags: '--check', says: 'only say which are stale' }],
		load: () => import('./docs.ts'),
	},
	{
		name: 'version',
		words: '',
		says: 'the version',
		examples: ['eventctl version'],
		load: () => import('./version.ts'),
	},
];
