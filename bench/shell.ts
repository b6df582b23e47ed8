import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { shellLine } from '../src/core/shell-words.ts';

/**
 * A shell that stands by and runs programs: to fork this process would have the system write-protect its memory, and
 * what runs next pay for that.
 */
export function standingShell() {
	const each = 'while read -r line; do eval "$line" </dev/null 2>/dev/null | wc -c; done';
	const shell = spawn('sh', ['-c', each], { stdio: ['pipe', 'pipe', 'inherit'] });
	/** How many bytes it prints. */
	const run = async (...words: readonly string[]): Promise<number> => {
		shell.stdin.write(`${shellLine(words)}\n`);
		const [printed] = await once(shell.stdout, 'data');
		return Number(printed);
	};
	return {
		run,
		has: async (program: string) => (await run('command', '-v', program)) > 0,
		end: () => shell.stdin.end(),
	};
}
