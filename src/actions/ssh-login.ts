import { isIP, SocketAddress } from 'node:net';
import type { SshLogin } from '../core/host-tool.ts';
import { readProc, readStat } from './proc.ts';

const name = 'SSH_CONNECTION';

/** The one spelling of an address: no zone, no IPv4 in IPv6's clothes; undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
	const [address = ''] = text.split('%');
	const family = isIP(address);
	if (family === 4) return address;
	if (family === 0) return undefined;
	const { address: spelled } = new SocketAddress({ address, family: 'ipv6' });
	return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/u.exec(spelled)?.[1] ?? spelled;
}

/** What `SSH_CONNECTION` says: the peer's address and port, ours and our port. */
export function parseSshLogin(text: string): SshLogin | undefined {
	const [from = '', peerPort, , port] = text.trim().split(' ');
	const peer = canonicalAddress(from);
	if (peer === undefined || !isPort(peerPort) || !isPort(port)) return undefined;
	return { peer, peerPort: Number(peerPort), port: Number(port) };
}

/** The login this process was started from: its own environment tells, or, behind `sudo`, that of a parent. */
export async function sshLogin(
	env: Readonly<Record<string, string | undefined>>,
	pid = process.ppid,
): Promise<SshLogin | undefined> {
	const own = env[name];
	if (own !== undefined) return parseSshLogin(own);
	for (let at = pid; at > 1; at = (await readStat(at))?.parent ?? 0) {
		const environment = (await readProc(`/proc/${at}/environ`))?.split('\0') ?? [];
		const line = environment.find((entry) => entry.startsWith(`${name}=`));
		if (line !== undefined) return parseSshLogin(line.slice(name.length + 1));
	}
	return undefined;
}

/** Whether a login came over this machine's own loopback: it proves nothing of the way in. */
export function isLoopback({ peer }: SshLogin): boolean {
	return peer === '::1' || peer.startsWith('127.');
}

function isPort(text: string | undefined): boolean {
	return /^[1-9][0-9]{0,4}$/u.test(text ?? '');
}
