import { writeSync } from 'node:fs';
import { failures } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';

/**
 * Ends the process on a defect nobody caught. What it says may quote an event, so it is escaped, and it is said last
 * of all, when the terminal has been restored and keeps it.
 */
export function sayLastWords(process: NodeJS.Process): void {
	process.on('uncaughtException', (thrown: unknown) => {
		process.on('exit', () => writeSync(process.stderr.fd, lastWords(thrown)));
		process.exit(failures.internal.exit);
	});
}

function lastWords(thrown: unknown): string {
	const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
	const lines = text.split('\n').map((line) => safeText(line));
	return `eventctl: a defect of eventctl ended it: ${lines.join('\n')}\n`;
}
