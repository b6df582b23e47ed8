import { once } from 'node:events';
import { lstat, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { systemCode } from '../core/errors.ts';
import { hostDoorIn } from './targets.ts';

/** How the folder of every lab begins. */
export const labPrefix = 'eventctl-demo-';

/** Removes the folders that labs of this user left behind when they were killed; `base` is where labs have them. */
export async function sweepDeadLabs(base: string): Promise<void> {
	const names = (await readdir(base)).filter((name) => name.startsWith(labPrefix));
	const sweep = async (folder: string) => {
		if ((await isOurs(folder)) && (await isDead(folder)))
			await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	await Promise.all(names.map((name) => sweep(join(base, name))));
}

async function isOurs(folder: string): Promise<boolean> {
	const found = await lstat(folder).catch(() => undefined);
	return found?.isDirectory() === true && found.uid === process.getuid?.();
}

/** A socket outlives who listened on it, and then refuses; one that is not there yet is of a lab that begins. */
async function isDead(folder: string): Promise<boolean> {
	const socket = connect(hostDoorIn(folder));
	try {
		await once(socket, 'connect');
		return false;
	} catch (thrown) {
		return systemCode(thrown) === 'ECONNREFUSED';
	} finally {
		socket.destroy();
	}
}
