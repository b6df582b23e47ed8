import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure, reasonOf, systemCode } from '../../src/core/errors.ts';
import { type Address, addressText } from '../wire/unix-socket.ts';
import type { Bus } from './daemon-config.ts';

/** Why a bus's socket could not be opened, and what to do: whose it is, and whether its daemon runs. */
export async function refusal(address: Address, bus: Bus, thrown: unknown): Promise<Failure> {
	const code = systemCode(thrown);
	const where = addressText(address);
	const failure = (kind: 'denied' | 'unreachable', says: string) =>
		new Failure(kind, `cannot open ${where} (${code ?? 'unknown error'}): ${says}`, {
			cause: thrown,
		});
	if (code === 'EACCES') return failure('denied', await ownership(address));
	if (code === 'ENOENT') return failure('unreachable', `no salt-${bus} was ever started there`);
	if (code === 'ECONNREFUSED') return failure('unreachable', `its salt-${bus} is not running now`);
	return failure('unreachable', reasonOf(thrown));
}

/** Whose socket it is, and who must be looking. */
async function ownership(address: Address): Promise<string> {
	if (!('path' in address)) return 'this user may not use the network';
	const found = await nearest(address.path);
	if (found === undefined) return 'run as the user of the Salt daemon';
	const user = await nameOf('/etc/passwd', found.uid);
	const group = await nameOf('/etc/group', found.gid);
	const mode = `0${(found.mode & 0o777).toString(8)}`;
	const what = found.path === address.path ? 'it' : found.path;
	const isForGroup = (found.mode & found.groupNeeds) === found.groupNeeds;
	const advice = isForGroup ? `run as ${user} or join the group ${group}` : `run as ${user}`;
	return `${what} belongs to user ${user} and group ${group} (mode ${mode}): ${advice}`;
}

type Found = {
	readonly path: string;
	readonly uid: number;
	readonly gid: number;
	readonly mode: number;
	/** The group's bits that let its members in: writing to a socket, passing through a folder. */
	readonly groupNeeds: number;
};

/** The socket, or the folder on the way to it that nobody else may look into. */
async function nearest(path: string): Promise<Found | undefined> {
	for (let at = path; ; at = dirname(at)) {
		try {
			const { uid, gid, mode } = await stat(at);
			return { path: at, uid, gid, mode, groupNeeds: at === path ? 0o020 : 0o010 };
		} catch (thrown) {
			if (systemCode(thrown) !== 'EACCES' || at === '/') return undefined;
		}
	}
}

/** The name of a user or group in the system's list, else its number. */
async function nameOf(list: string, id: number): Promise<string> {
	const text = await readFile(list, 'utf8').catch(() => '');
	const line = text.split('\n').find((entry) => entry.split(':')[2] === String(id));
	return line?.split(':')[0] ?? String(id);
}
