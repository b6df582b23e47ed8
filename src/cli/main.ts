import { failures, reasonOf, systemCode } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { FilterError } from '../filter/filter-error.ts';
import { exitCodeOf } from './exit-code.ts';
import { flushed } from './flushed.ts';
import type { Io, Verb } from './io.ts';
import { sayLastWords } from './last-words.ts';
import { stopSignal } from './signals.ts';

/** Runs a command line and resolves with its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
	const { CommanderError } = await import('commander');
	const { programFor } = await import('./program.ts');
	let code = 0;
	const program = programFor(io, async (load, words, options) => {
		const verb = (await load()) as Verb;
		code = await verb.run(words, options, io);
	});
	try {
		await program.parseAsync([...argv], { from: 'user' });
		return code;
	} catch (error) {
		if (error instanceof CommanderError) {
			if (/'-[^-]*:/u.test(error.message)) io.stderr.write(saidAsFilter);
			return error.exitCode === 0 ? 0 : failures.usage.exit;
		}
		io.stderr.write(`eventctl: ${safeText(reasonOf(error))}\n`);
		if (error instanceof FilterError) io.stderr.write(pointed(error));
		return exitCodeOf(error);
	}
}

const saidAsFilter = 'a filter that begins with - comes behind --, or begins with not\n';

/** The filter as it was typed, and below it the place. */
function pointed({ caret }: FilterError): string {
	const lines = caret.split('\n').map((line) => `  ${safeText(line)}\n`);
	return lines.join('');
}

/** A reader that has seen enough: the way of `head`, and no error. */
const pipeClosed = 141;

if (import.meta.main) {
	sayLastWords(process);
	// Before the engine's worker starts: only here can it be set, and what the engine runs inherits it.
	process.umask(0o077);
	process.stdout.on('error', (error) => {
		if (systemCode(error) === 'EPIPE') process.exit(pipeClosed);
		// A terminal that is gone says so by SIGHUP as well, and that ends us in order.
		if (systemCode(error) !== 'EIO') throw error;
	});
	process.stderr.on('error', (error) => {
		// Words that nobody reads any more are no reason to end before what runs is written down.
		if (systemCode(error) !== 'EIO' && systemCode(error) !== 'EPIPE') throw error;
	});
	const { signal, exitCode } = stopSignal(process);
	const io: Io = {
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		env: process.env,
		stop: signal,
	};
	const code = await main(process.argv.slice(2), io);
	// An exit drops what a pipe has not taken yet.
	await flushed([process.stdout, process.stderr], signal);
	process.exit(exitCode() ?? code);
}
