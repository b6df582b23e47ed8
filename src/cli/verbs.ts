import type { Verb } from './io.ts';
import { respondVerbs } from './respond-verbs.ts';

export type VerbOption = {
	/** As commander takes it: `-n, --number <count>`. */
	readonly flags: string;
	readonly says: string;
	/** It may be said several times. */
	readonly isRepeated?: boolean;
};

export type VerbEntry = {
	readonly name: string;
	readonly aliases?: readonly string[];
	/** Its arguments, as the help shows them. */
	readonly words: string;
	readonly says: string;
	/** What its first word may be, for completion. */
	readonly choices?: readonly string[];
	readonly examples: readonly string[];
	readonly options?: readonly VerbOption[];
	load(): Promise<Verb<never>>;
};

const format = { flags: '-o, --output <format>', says: 'text, jsonl, yaml, salt or raw' };

/** The filter of the command line before the buffer, not behind it. */
export const only: VerbOption = {
	flags: '--only',
	says: 'keep nothing but what the filter matches',
};

/** Of whatever is a console on a terminal, and lines without one. */
export const lineFormat: VerbOption = {
	...format,
	says: `without a terminal: ${format.says}`,
};

/** Every verb of the command line, in the order of the help. The code behind one is imported when it is called. */
export const verbs: readonly VerbEntry[] = [
	{
		name: 'demo',
		words: '[filter...]',
		says: 'a lab to try it on: buses that speak as the real ones, and a story',
		examples: ['eventctl demo', "eventctl demo 'sev>=warn'"],
		options: [lineFormat],
		load: () => import('./demo.ts'),
	},
	{
		name: 'events',
		aliases: ['sub', 'tail'],
		words: '[filter...]',
		says: 'events as lines on stdout, without a screen',
		examples: ["eventctl events 'sev>=err'", "eventctl events -n 1 'tag:salt/job/*/ret/*'"],
		options: [
			format,
			{ flags: '-n, --number <count>', says: 'end after so many events' },
			{ flags: '--since <time>', says: 'from then on: 15m, 03:10, 2026-11-21T03:10:00Z' },
			{ flags: '--until <time>', says: 'until then' },
			{ flags: '--timeout <duration>', says: 'end after that long, with exit code 124' },
			{ flags: '--no-follow', says: 'end when what is there has been shown' },
			{ flags: '--count', says: 'only how many' },
			{ flags: '--links', says: 'also each change of a link' },
			only,
		],
		load: () => import('./events.ts'),
	},
	{
		name: 'fire',
		aliases: ['pub', 'send'],
		words: '[tag] [key=value...]',
		says: 'fires events onto a bus, and says what confirms it',
		examples: ['eventctl fire ops/deploy/done service=payments', 'eventctl fire -f events.jsonl'],
		options: [
			{
				flags: '-f, --file <file>',
				says: 'data from a file, - for stdin; JSON lines without a tag',
			},
			{ flags: '--bus <name>', says: 'which source, with ",forward" for minion to master' },
			{ flags: '--dry-run', says: 'only what it would wake' },
			{ flags: '--yes', says: 'the yes that waking a T2 takes' },
			{ flags: '--confirm <tag>', says: 'the tag again, which waking a T3 takes' },
			{ flags: '--reason <text>', says: 'why; waking a T3 takes one' },
			{ flags: '-o, --output <format>', says: 'json for the receipt as JSON' },
		],
		load: () => import('./fire.ts'),
	},
	{
		name: 'record',
		words: '<file> [filter...]',
		says: 'writes what comes into a file, byte for byte, with its times',
		examples: ['eventctl record night.ndjson -s salt:/var/run/salt/master'],
		load: () => import('./record.ts'),
	},
	{
		name: 'replay',
		words: '<file> [filter...]',
		says: 'plays a recording as if it happened now',
		examples: ['eventctl replay night.ndjson --speed 10'],
		options: [
			{ flags: '--speed <factor>', says: 'how much faster than it was, or max' },
			lineFormat,
		],
		load: () => import('./replay.ts'),
	},
	{
		name: 'audit',
		words: '[verify|export] [filter...]',
		choices: ['verify', 'export'],
		says: 'what was approved and done, by whom; whether its record is whole; all of it for elsewhere',
		examples: [
			"eventctl audit 'who:olga what:approve' --since 1d",
			'eventctl audit verify',
			'eventctl audit export -o csv > audit.csv',
		],
		options: [
			{ flags: '-o, --output <format>', says: 'text, json, jsonl or csv' },
			{ flags: '-n, --number <count>', says: 'only the last so many' },
			{ flags: '--since <time>', says: 'from then on: 15m, 03:10, 2026-11-21T03:10:00Z' },
			{ flags: '--until <time>', says: 'until then' },
		],
		load: () => import('./audit.ts'),
	},
	...respondVerbs,
	{
		name: 'rules',
		words: '[what] [rule]',
		choices: ['list', 'test', 'explain', 'backtest'],
		says: 'rules: list, test and explain them on an event, backtest them on what is past',
		examples: [
			'eventctl rules list',
			'eventctl rules test falco-shell -f shell.json',
			'eventctl rules backtest falco-shell --replay night.ndjson',
		],
		options: [
			{ flags: '-f, --file <file>', says: 'test, explain: an event, or one a line; - for stdin' },
			{ flags: '--since <time>', says: 'backtest: over what the sources hold since then' },
			{ flags: '--replay <file>', says: 'backtest: over a recording' },
			{ flags: '-o, --output <format>', says: 'text or json' },
		],
		load: () => import('./rules.ts'),
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
		choices: ['show', 'schema', 'path', 'init', 'edit'],
		says: 'what is configured: show, schema, path; a first file: init; and its change: edit',
		examples: [
			'eventctl config init',
			'eventctl config show --origin',
			'eventctl config schema > eventctl.schema.json',
		],
		options: [{ flags: '--origin', says: 'show: where each value was said' }],
		load: () => import('./config.ts'),
	},
	{
		name: 'confirm',
		words: '<run>',
		says: 'keeps a lockdown of this machine; said from a new SSH login',
		examples: ['eventctl confirm R-0098'],
		load: () => import('./confirm.ts'),
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
		name: 'keys',
		words: '',
		says: 'what each key does',
		examples: ['eventctl keys', 'EVENTCTL_CONFIG=vim.yaml eventctl keys'],
		load: () => import('./keys.ts'),
	},
	{
		name: 'version',
		words: '',
		says: 'the version',
		examples: ['eventctl version'],
		load: () => import('./version.ts'),
	},
];
