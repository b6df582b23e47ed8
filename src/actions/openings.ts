import { BlockList, isIP, isIPv4 } from 'node:net';
import { Refusal } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';
import type { Way } from './lockdown-rules.ts';
import { canonicalAddress } from './ssh-login.ts';

/** Wider than this a network is no place to log in from, but the world. */
const widest = { 4: 8, 6: 16 } as const;

/** An address or a network as rules take it; throws a Failure for what is none or too wide. */
export function parseNetwork(text: string): string {
	const [address = '', bits, more] = text.split('/');
	const spelled = canonicalAddress(address);
	const family = isIP(spelled ?? '');
	if (spelled === undefined || more !== undefined || (family !== 4 && family !== 6)) {
		throw new Failure('config', `${text}: an address or a network is 10.0.0.4 or 10.0.0.0/24`);
	}
	if (bits === undefined) return spelled;
	const length = /^[0-9]{1,3}$/u.test(bits) ? Number(bits) : -1;
	if (length < widest[family] || length > (family === 4 ? 32 : 128)) {
		throw new Failure('config', `${text}: a network from /${widest[family]} on`);
	}
	return `${spelled}/${length}`;
}

/** Whether an address lies in one of the networks. */
export function isWithin(address: string, networks: readonly string[]): boolean {
	const list = new BlockList();
	for (const network of networks) {
		const [net = '', bits] = network.split('/');
		const family = isIPv4(net) ? 'ipv4' : 'ipv6';
		list.addSubnet(net, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
	}
	return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** A way out as configuration and plans spell it: `HOST:PORT`, `[v6]:PORT`, with `/udp` behind it where it is meant. */
export function parseWay(text: string): Way {
	const pattern = /^(?:\[([0-9a-fA-F:.]+)\]|([a-zA-Z0-9._-]+)):([1-9][0-9]{0,4})(?:\/(tcp|udp))?$/u;
	const [, six, host, port = '', protocol] = pattern.exec(text) ?? [];
	const address = six ?? host;
	if (address === undefined || address.startsWith('-') || Number(port) > 65_535) {
		throw new Failure(
			'config',
			`${text}: what is kept is HOST:PORT, [v6]:PORT, with /udp where it is meant`,
		);
	}
	return { address, port: Number(port), protocol: protocol === 'udp' ? 'udp' : 'tcp' };
}

export function wayText({ address, port, protocol }: Way): string {
	const host = address.includes(':') ? `[${address}]` : address;
	return `${host}:${port}${protocol === 'udp' ? '/udp' : ''}`;
}

/** The ways with every name replaced by its addresses, as the host itself resolves it; a Refusal where it has none. */
export async function resolveWays(
	ways: readonly Way[],
	host: HostTool,
	stop: AbortSignal,
): Promise<readonly Way[]> {
	const resolved = await Promise.all(ways.map((way) => resolveWay(way, host, stop)));
	const byText = new Map(resolved.flat().map((way) => [wayText(way), way]));
	return [...byText.values()].sort((one, other) => (wayText(one) < wayText(other) ? -1 : 1));
}

async function resolveWay(way: Way, host: HostTool, stop: AbortSignal): Promise<readonly Way[]> {
	const known = canonicalAddress(way.address);
	if (known !== undefined) return [{ ...way, address: known }];
	const { stdout } = await host.command(
		['getent', 'ahosts', way.address],
		{ timeoutMs: 5000 },
		stop,
	);
	const found = stdout
		.split('\n')
		.flatMap((line) => canonicalAddress(line.split(' ')[0] ?? '') ?? []);
	if (found.length === 0) {
		throw new Refusal(`${way.address} is to be kept and has no address: fix host.keep`);
	}
	return [...new Set(found)].map((address) => ({ ...way, address }));
}
