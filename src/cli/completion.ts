import type { Command } from 'commander';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';

/** A verb as a shell needs it; the program itself has no names. */
type Completed = {
	readonly names: readonly string[];
	readonly says: string;
	/** What its first word may be. */
	readonly choices: readonly string[];
	readonly options: Command['options'];
};

type Script = (program: Completed, verbs: readonly Completed[]) => string;

const shells: Readonly<Record<string, Script>> = { bash, zsh, fish };

/** The words that a verb's first one may be. */
type ChoicesOf = (verb: string) => readonly string[];

/** What makes a shell complete verbs, their first words and their options. Throws a Failure for a shell that is none. */
export function completionOf(shell: string, program: Command, choicesOf: ChoicesOf): string {
	const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
	if (!script) {
		const names = Object.keys(shells);
		const meant = didYouMean(shell, names) || `: there are ${names.join(', ')}`;
		throw new Failure('usage', `completion: ${shell} is no shell we know${meant}`);
	}
	const all = program.commands.map((command) => completed(command, choicesOf(command.name())));
	return script({ ...completed(program, []), names: [] }, all);
}

function completed(command: Command, choices: readonly string[]): Completed {
	const names = [command.name(), ...command.aliases()];
	return { names, says: command.description(), choices, options: command.options };
}

function flagsOf({ options }: Completed): readonly string[] {
	return options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined);
}

/** Without a word of ours files are completed: many options and words name one. */
function bash(program: Completed, all: readonly Completed[]): string {
	const valued = [program, ...all].flatMap(({ options }) =>
		options.filter(({ required }) => required).flatMap(({ short, long }) => [short, long]),
	);
	const skipped = [...new Set(valued)].filter((flag) => flag !== undefined).join('|');
	const first = [...all.flatMap(({ names }) => names), ...flagsOf(program)].join(' ');
	const cases = all.map((verb) => {
		const words = [...verb.choices, ...flagsOf(verb)].join(' ');
		return `\t${verb.names.join('|')}) words='${words}' ;;`;
	});
	return `_eventctl() {
	local word=\${COMP_WORDS[COMP_CWORD]} verb= words at
	for ((at = 1; at < COMP_CWORD; at++)); do
		case \${COMP_WORDS[at]} in
		${skipped}) at=$((at + 1)) ;;
		-*) ;;
		*) verb=\${COMP_WORDS[at]} && break ;;
		esac
	done
	case $verb in
	'') words='${first}' ;;
${cases.join('\n')}
	*) words='${flagsOf(program).join(' ')}' ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _eventctl eventctl
`;
}

function zsh(program: Completed, all: readonly Completed[]): string {
	return `#compdef eventctl\nautoload -U +X bashcompinit && bashcompinit\n${bash(program, all)}`;
}

function fish(program: Completed, all: readonly Completed[]): string {
	const names = all.flatMap(({ names }) => names);
	const lines = all.flatMap((verb) => {
		const within = `__fish_seen_subcommand_from ${verb.names.join(' ')}`;
		return [
			`-n __fish_use_subcommand -a ${quoted(verb.names.join(' '))} -d ${quoted(verb.says)}`,
			...(verb.choices.length > 0 ? [`-n '${within}' -a ${quoted(verb.choices.join(' '))}`] : []),
			...optionLines(verb, within),
		];
	});
	const outside = `not __fish_seen_subcommand_from ${names.join(' ')}`;
	return [...optionLines(program, outside), ...lines]
		.map((line) => `complete -c eventctl ${line}\n`)
		.join('');
}

function optionLines({ options }: Completed, when: string): readonly string[] {
	return options.map(({ short, long, required, description }) => {
		const flags = [
			...(short ? [`-s ${short.slice(1)}`] : []),
			...(long ? [`-l ${long.slice(2)}`] : []),
			...(required ? ['-r'] : []),
		];
		return `-n '${when}' ${flags.join(' ')} -d ${quoted(description)}`;
	});
}

function quoted(text: string): string {
	return `'${text.replaceAll(/['\\]/gu, String.raw`\$&`)}'`;
}
