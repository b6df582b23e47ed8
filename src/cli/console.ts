import { systemClock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { startEngine } from './engine-port.ts';
import type { GlobalOptions, Io } from './io.ts';
import { wantedBy } from './wanted.ts';

export type ConsoleOptions = GlobalOptions & {
	/** The saved view to begin with. */
	readonly view?: string;
	/** The word in the header where the configuration gives none. */
	readonly word?: string;
	/** Is given what shows a caption, where notices come, as soon as there is a screen. */
	readonly captions?: (show: (caption: string) => void) => void;
};

/** The screen; JSON lines where stdout is no terminal. */
export async function run(
	words: readonly string[],
	options: ConsoleOptions,
	io: Io,
): Promise<number> {
	if (!io.stdout.isTTY) {
		const events = await import('./events.ts');
		return events.run(words, options, io);
	}
	if (io.env['TERM'] === 'dumb') {
		throw new Failure(
			'usage',
			'TERM=dumb: no screen can be drawn here: eventctl events prints lines',
		);
	}
	const only = options.only ? await onlyOf(words) : undefined;
	// What is a function stays on this side of the worker's port.
	const { captions: _, ...plain } = options;
	const engine = startEngine(wantedBy(plain, io, only));
	const [settings, { runConsole }] = await Promise.all([
		engine.settings,
		import('./console/run-console.ts'),
	]);
	try {
		const shown = only === undefined ? words : [];
		return await runConsole({ engine, settings, words: shown, options, io, clock: systemClock });
	} finally {
		await engine.end((text) => io.stderr.write(`${safeText(text)}\n`));
	}
}

/** The filter of what is kept, which is looked at here: only here is its error pointed at. */
async function onlyOf(words: readonly string[]): Promise<string> {
	const text = words.join(' ');
	if (text === '')
		throw new Failure('usage', "--only: names no filter: eventctl --only 'sev>=err'");
	const { compileFilter } = await import('../filter/compile.ts');
	compileFilter(text, systemClock.now());
	return text;
}
