import { endianness } from 'node:os';
import { Failure } from '../core/errors.ts';
import type { HostTool, SshLogin } from '../core/host-tool.ts';
import type { Openings } from './lockdown-rules.ts';
import { isWithin } from './openings.ts';
import { canonicalAddress } from './ssh-login.ts';

type End = { readonly address: string; readonly port: number };

/** One established TCP connection. */
export type Connection = { readonly local: End; readonly peer: End };

const established = '01';
const listing = { timeoutMs: 10_000, maxBytes: 8 << 20 };
/** Connections named in one command line. */
const batch = 32;

/** The TCP connections of a host that can still carry something. Throws a Failure where `ss` cannot tell. */
export async function listConnections(
	host: HostTool,
	stop: AbortSignal,
): Promise<readonly Connection[]> {
	const argv = ['ss', '-Htn', 'state', 'connected', 'exclude', 'time-wait'];
	const { exitCode, stdout, stderr } = await host.command(argv, listing, stop);
	if (exitCode !== 0) throw new Failure('failed', `ss cannot list connections: ${stderr.trim()}`);
	return parseSs(stdout);
}

/** Reads what `ss -Htn` prints, with or without the column of states. */
export function parseSs(text: string): readonly Connection[] {
	return text.split('\n').flatMap((line) => {
		const [local, peer] = line.split(/\s+/u).filter((word) => word.includes(':'));
		return connection(endOf(local), endOf(peer));
	});
}

/** Ends connections on this side, and answers those that live on. */
export async function endConnections(
	ending: readonly Connection[],
	host: HostTool,
	stop: AbortSignal,
): Promise<readonly Connection[]> {
	for (let at = 0; at < ending.length; at += batch) {
		const words = ending.slice(at, at + batch).map(filterOf);
		const filter = words.flatMap((word, index) => (index === 0 ? word : ['or', ...word]));
		await host.command(['ss', '-K', '-Htn', ...filter], listing, stop);
	}
	const ended = new Set(ending.map(connectionText));
	const now = await listConnections(host, stop);
	return now.filter((connection) => ended.has(connectionText(connection)));
}

export function connectionText({ local, peer }: Connection): string {
	return `${endText(peer)} → ${endText(local)}`;
}

function filterOf({ local, peer }: Connection): string[] {
	return ['(', 'src', endText(local), 'and', 'dst', endText(peer), ')'];
}

function endText({ address, port }: End): string {
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Reads `/proc/net/tcp` or `/proc/net/tcp6`: addresses are hexadecimal words in the machine's byte order. */
export function parseTcpTable(text: string): readonly Connection[] {
	return text.split('\n').flatMap((line) => {
		const [, local, peer, state] = line.trim().split(/\s+/u);
		return state === established ? connection(hexEnd(local), hexEnd(peer)) : [];
	});
}

/** The peers that are connected to a port of the host just now, as `ADDRESS PORT`. */
export async function peersOf(port: number, host: HostTool): Promise<readonly string[]> {
	const tables = await Promise.all([host.read('/proc/net/tcp'), host.read('/proc/net/tcp6')]);
	return tables
		.flatMap((table) => parseTcpTable(table ?? ''))
		.filter(({ local }) => local.port === port)
		.map(({ peer }) => `${peer.address} ${peer.port}`);
}

/** A login's own connection, spelled as `peersOf` spells it. */
export function peerOf({ peer, peerPort }: SshLogin): string {
	return `${peer} ${peerPort}`;
}

/** Whether a lockdown lets this connection live. */
export function isKept({ local, peer }: Connection, { ssh, sshPort, keep }: Openings): boolean {
	if (peer.address === '::1' || peer.address.startsWith('127.')) return true;
	if (local.port === sshPort && isWithin(peer.address, ssh)) return true;
	return keep.some(
		({ address, port, protocol }) =>
			protocol === 'tcp' && address === peer.address && port === peer.port,
	);
}

function connection(local: End | undefined, peer: End | undefined): Connection[] {
	return local && peer ? [{ local, peer }] : [];
}

function endOf(text = ''): End | undefined {
	const colon = text.lastIndexOf(':');
	const address = canonicalAddress(text.slice(0, colon).replace(/^\[|\]$/gu, ''));
	return address === undefined ? undefined : { address, port: Number(text.slice(colon + 1)) };
}

function hexEnd(text = ''): End | undefined {
	const [hex = '', port = ''] = text.split(':');
	const bytes = Buffer.from(hex, 'hex');
	if (bytes.length !== 4 && bytes.length !== 16) return undefined;
	if (endianness() === 'LE') bytes.swap32();
	const spelled = bytes.length === 4 ? bytes.join('.') : sixOf(bytes);
	const address = canonicalAddress(spelled);
	return address === undefined ? undefined : { address, port: Number.parseInt(port, 16) };
}

function sixOf(bytes: Buffer): string {
	return bytes.toString('hex').match(/.{4}/gu)?.join(':') ?? '';
}
