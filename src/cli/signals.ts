import { constants } from 'node:os';

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that aborts when the process is asked to end, and the exit code that tells which way: 128 + its number. */
export function stopSignal(process: NodeJS.Process): {
	readonly signal: AbortSignal;
	exitCode(): number | undefined;
} {
	const stop = new AbortController();
	// Other programs reopen their logs, or Node its inspector: here it asks for nothing, and must not end us either.
	process.on('SIGUSR1', () => {});
	let code: number | undefined;
	for (const name of ending) {
		process.on(name, () => {
			code ??= 128 + constants.signals[name];
			stop.abort();
		});
	}
	return { signal: stop.signal, exitCode: () => code };
}
