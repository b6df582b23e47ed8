import { Command } from 'commander';
import type { GlobalOptions, Io } from './io.ts';
import { lineFormat, only, type VerbEntry, verbs } from './verbs.ts';
import { version } from './version.ts';

type Run = (
	load: VerbEntry['load'],
	words: readonly string[],
	options: GlobalOptions & Record<string, unknown>,
) => Promise<void>;

/** The command line: the verbs of the table, and the console for everything that is none. */
export function programFor(io: Io, run: Run): Command {
	const program = withGlobals(new Command('eventctl'))
		.description('one live list over the buses that are there: Salt, NATS, Falco, ZeroMQ')
		.argument('[filter...]', 'what to show: words, key:value, sev>=err, /regex/, = CEL')
		.option(lineFormat.flags, lineFormat.says)
		.option(only.flags, only.says)
		.option('--view <name>', 'begin with this saved view')
		.addHelpText(
			'before',
			examples(['eventctl', "eventctl 'sev>=err host:web12'", 'eventctl demo']),
		)
		.version(version(), '--version', 'the version')
		.helpCommand('help [verb]', 'how to use a verb')
		.showSuggestionAfterError()
		.exitOverride()
		.configureOutput({
			writeOut: (text) => void io.stdout.write(text),
			writeErr: (text) => void io.stderr.write(text),
		})
		.action((words: string[], options: Record<string, unknown>) =>
			run(() => import('./console.ts'), words, options),
		);
	for (const verb of verbs) program.addCommand(commandOf(verb, run).copyInheritedSettings(program));
	program.addCommand(completionFor(program, io).copyInheritedSettings(program));
	return program;
}

/** It tells of all the others, so that it is none of the table. */
function completionFor(program: Command, io: Io): Command {
	return new Command('completion')
		.description('what makes bash, zsh or fish complete all this')
		.argument('<shell>')
		.addHelpText(
			'before',
			examples(['eventctl completion bash > ~/.local/share/bash-completion/completions/eventctl']),
		)
		.action(async (shell: string) => {
			const { completionOf } = await import('./completion.ts');
			const choices = new Map(verbs.map(({ name, choices = [] }) => [name, choices]));
			io.stdout.write(completionOf(shell, program, (verb) => choices.get(verb) ?? []));
		});
}

function commandOf(verb: VerbEntry, run: Run): Command {
	const command = new Command(verb.name)
		.description(verb.says)
		.aliases([...(verb.aliases ?? [])])
		.addHelpText('before', examples(verb.examples));
	if (verb.words) command.arguments(verb.words);
	for (const { flags, says, isRepeated } of verb.options ?? []) {
		if (isRepeated) command.option(flags, says, collect);
		else command.option(flags, says);
	}
	withGlobals(command);
	return command.action(() => run(verb.load, command.args, command.optsWithGlobals()));
}

/** Global options stand before or after the verb. */
function withGlobals(command: Command): Command {
	return command
		.option('-s, --source <source>', 'a source: [NAME=]KIND:REST; may be repeated', collect)
		.option('-p, --profile <name>', 'which profile of the config')
		.option('--config <file>', 'this config file instead of the found ones')
		.option('--read-only', 'nothing can be fired, nothing above T0 run')
		.option('--no-color', 'no colours; NO_COLOR does the same')
		.option('--ascii', 'only ASCII characters')
		.option('-q, --quiet', 'no words on stderr but errors');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
	return [...before, value];
}

function examples(lines: readonly string[]): string {
	return `${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
