import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateFolder } from '../../config/places.ts';
import { type Histories, type HistoryName, historyNames } from '../../state/history.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What a console remembers of the one before it: histories of its fields and the last filter. */
export type Memory = {
	readonly histories: Partial<Histories>;
	readonly filter?: string;
};

const kept = 200;

/** Under sudo nothing is read from or written to the caller's home. */
function remembers(env: Env): boolean {
	return env['SUDO_USER'] === undefined && env['HOME'] !== undefined;
}

export async function recall(env: Env): Promise<Memory> {
	if (!remembers(env)) return { histories: {} };
	const histories: Partial<Record<HistoryName, readonly string[]>> = {};
	for (const name of historyNames) {
		const lines = await linesOf(join(stateFolder(env), `${name}.history`));
		if (lines.length > 0) histories[name] = lines;
	}
	const [filter] = await linesOf(join(stateFolder(env), 'filter'));
	return filter === undefined ? { histories } : { histories, filter };
}

export function rememberHistory(
	env: Env,
	name: HistoryName,
	entries: readonly string[],
): Promise<void> {
	return write(env, `${name}.history`, entries.slice(-kept));
}

export function rememberFilter(env: Env, text: string): Promise<void> {
	return write(env, 'filter', [text]);
}

/** One entry a line, JSON where it holds more than printable characters. */
async function linesOf(path: string): Promise<string[]> {
	const text = await readFile(path, 'utf8').catch(() => '');
	return text.split('\n').filter(Boolean).map(entryOf);
}

function entryOf(line: string): string {
	if (!line.startsWith('"')) return line;
	try {
		return String(JSON.parse(line));
	} catch {
		// A line that is no JSON is the entry itself: somebody edited the file.
		return line;
	}
}

async function write(env: Env, name: string, entries: readonly string[]): Promise<void> {
	if (!remembers(env)) return;
	const path = join(stateFolder(env), name);
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const draft = `${path}.${process.pid}`;
	const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
	await writeFile(draft, text, { mode: 0o600 });
	await rename(draft, path);
}
