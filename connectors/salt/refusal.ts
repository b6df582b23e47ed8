import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { accountName } from '../../src/core/account-name.ts';
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
	if (code === 'EACCES' || code === 'EPERM') return failure('denied', await ownership(address));
	if (code === 'ENOENT') return failure('unreachable', `no salt-${bus} was ever started there`);
	if (code === 'ECONNREFUSED') return failure('unreachable', `its salt-${bus} is not running now`);
	return failure('unreachable', reasonOf(thrown));
}

/** Whose socket it is, and who must be looking. */
async function ownership(address: Address): Promise<string> {
	if (!('path' in address)) return 'this user may not use the network';
	const found = await nearest(address.path);
	if (found === undefined) return 'run as the user of the Salt daemon';
	if (mayWrite(found)) return policy;
	const user = await accountName('/etc/passwd', found.uid);
	const group = await accountName('/etc/group', found.gid);
	const mode = `0${(found.mode & 0o777).toString(8)}`;
	const what = found.isSocket ? 'it' : found.path;
	const isForGroup = (found.mode & found.groupNeeds) === found.groupNeeds;
	const advice = isForGroup ? `run as ${user} or join the group ${group}` : `run as ${user}`;
	return `${what} belongs to user ${user} and group ${group} (mode ${mode}): ${advice}`;
}

type Found = {
	readonly path: string;
	/** Else it is a folder on the way. */
	readonly isSocket: boolean;
	readonly uid: number;
	readonly gid: number;
	readonly mode: number;
	/** The group's bits that let its members in: writing to a socket, passing through a folder. */
	readonly groupNeeds: number;
};

/** Rights are not all that counts: AppArmor and SELinux refuse what these allow. */
const policy =
	'its rights allow it, so a security policy (AppArmor, SELinux) refuses it: `journalctl -k` names the rule';

/** Whether the rights alone let us in; a folder that stopped us does not. */
function mayWrite({ isSocket, uid, mode }: Found): boolean {
	const own = process.geteuid?.();
	if (!isSocket) return false;
	return (
		own === 0 || (own === uid && (mode & 0o200) !== 0) || (own !== uid && (mode & 0o002) !== 0)
	);
}

/** The socket, or the folder on the way to it that nobody else may look into. */
async function nearest(path: string): Promise<Found | undefined> {
	for (let at = path; ; at = dirname(at)) {
		try {
			const { uid, gid, mode } = await stat(at);
			const isSocket = at === path;
			return { path: at, uid, gid, mode, isSocket, groupNeeds: isSocket ? 0o020 : 0o010 };
		} catch (thrown) {
			if (systemCode(thrown) !== 'EACCES' || at === '/') return undefined;
		}
	}
}
