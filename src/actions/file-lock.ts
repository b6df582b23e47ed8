import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { Refusal } from '../core/action.ts';
import { systemCode } from '../core/errors.ts';
import { readProc, readStat } from './proc.ts';

/**
 * Holds a lock file that names its holder by pid and start time; one whose holder is gone is taken over. Throws a
 * Refusal where somebody who lives holds it.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
	const own = `${process.pid} ${(await readStat(process.pid))?.startTime} ${randomUUID()}`;
	if (!(await create(path, own))) {
		await clearStale(path);
		if (!(await create(path, own))) throw new Refusal(`${path} was just taken: try again`);
	}
	return async () => {
		if ((await readProc(path)) === own) await rm(path, { force: true });
	};
}

async function create(path: string, text: string): Promise<boolean> {
	try {
		const file = await open(path, 'wx', 0o600);
		try {
			await file.writeFile(text);
		} finally {
			await file.close();
		}
		return true;
	} catch (thrown) {
		if (systemCode(thrown) === 'EEXIST') return false;
		throw thrown;
	}
}

/** Two may find the same stale lock: what was moved away and is not it belongs to whoever was faster. */
async function clearStale(path: string): Promise<void> {
	const held = await readProc(path);
	if (held === undefined) return;
	const [pid = '', startTime] = held.split(' ');
	if ((await readStat(Number(pid)))?.startTime === startTime) {
		throw new Refusal(`pid ${pid} is at it just now (${path})`);
	}
	const aside = `${path}.${randomUUID()}`;
	try {
		await rename(path, aside);
	} catch (thrown) {
		if (systemCode(thrown) !== 'ENOENT') throw thrown;
		return;
	}
	const isStale = (await readProc(aside)) === held;
	if (!isStale) await link(aside, path);
	await rm(aside, { force: true });
	if (!isStale) throw new Refusal(`${path} was just taken: try again`);
}
