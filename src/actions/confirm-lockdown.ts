import { Failure } from '../core/errors.ts';
import type { HostTool, SshLogin } from '../core/host-tool.ts';
import { peerOf, peersOf } from './connections.ts';
import { isLockedDown } from './firewall.ts';
import { type Mark, readMark, writeMark } from './lockdown-mark.ts';
import { isWithin } from './openings.ts';
import { isLoopback } from './ssh-login.ts';

/**
 * Keeps a lockdown, if this login proves that one can still come in: it is by SSH, from a peer that the rules let
 * in, over a connection that lives and is younger than the rules. Throws a Failure `refused` with the reason.
 */
export async function confirmLockdown(
	run: string,
	login: SshLogin | undefined,
	host: HostTool,
	stop: AbortSignal,
): Promise<string> {
	const release = await host.lock('lockdown');
	try {
		const mark = await readMark(host);
		if (mark?.run !== run) throw refused(`${run} is no lockdown that waits on this machine`);
		if (mark.confirmedBy !== undefined) return mark.confirmedBy;
		const by = await proof(login, mark, host);
		const isInTime = await host.disarm(mark.fuse);
		if (!isInTime || !(await isLockedDown(host, stop))) {
			throw refused(`${run}: too late, the host is open as before: lock it down again`);
		}
		await writeMark(host, { ...mark, confirmedBy: by });
		return by;
	} finally {
		await release();
	}
}

async function proof(login: SshLogin | undefined, mark: Mark, host: HostTool): Promise<string> {
	const again = `log in anew by SSH from ${mark.ssh.join(', ')} and say it there`;
	if (!login) throw refused(`this is no SSH login: ${again}`);
	if (isLoopback(login))
		throw refused(`this login came over the loopback, which is always open: ${again}`);
	if (!isWithin(login.peer, mark.ssh))
		throw refused(`${login.peer} is not among those kept: ${again}`);
	if (login.port !== mark.sshPort)
		throw refused(`port ${login.port} is not the one kept open: ${again}`);
	if (!mark.before) throw refused('the rules are not in force yet: try again');
	const own = peerOf(login);
	if (mark.before.includes(own)) throw refused(`this login is older than the rules: ${again}`);
	if (!(await peersOf(login.port, host)).includes(own)) {
		throw refused(
			`this login's connection (${login.peer}:${login.peerPort}) is not there any more: ${again}`,
		);
	}
	return login.peer;
}

function refused(says: string): Failure {
	return new Failure('refused', says);
}
