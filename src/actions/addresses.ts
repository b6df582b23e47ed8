import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { Failure, reasonOf } from '../core/errors.ts';

/** Every address of a name, as the machine's own resolver has them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (host) => lookup(host, { all: true });

/** Link-local, unspecified and multicast addresses, and where clouds hand out credentials to whoever asks. */
const never = blockList([
	['169.254.0.0', 16],
	['0.0.0.0', 8],
	['224.0.0.0', 3],
	['100.100.100.200', 32],
	['168.63.129.16', 32],
	['192.0.0.192', 32],
	['fe80::', 10],
	['fec0::', 10],
	['::', 128],
	['ff00::', 8],
	['fd00:ec2::', 32],
	['fd20:ce::', 32],
	// The same IPv4 networks, as NAT64 and 6to4 write them.
	['64:ff9b::a9fe:0', 112],
	['2002:a9fe::', 32],
]);
const loopback = blockList([
	['127.0.0.0', 8],
	['::1', 128],
]);

function blockList(networks: readonly (readonly [string, number])[]): BlockList {
	const list = new BlockList();
	for (const [network, prefix] of networks) list.addSubnet(network, prefix, familyOf(network));
	return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
	return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/**
 * The addresses a host of the configuration has, each of them one that may be connected to. With `isPlain`,
 * where nothing is encrypted, only loopback may. Throws a Failure that names the host and the address.
 */
export async function addressesOf(
	host: string,
	isPlain: boolean,
	resolve: Resolve,
): Promise<readonly LookupAddress[]> {
	const family = isIP(host);
	const found = family === 0 ? await resolved(host, resolve) : [{ address: host, family }];
	for (const { address } of found) {
		const why = whyNever(address, isPlain);
		if (why) throw new Failure('denied', `${host} is ${address}: ${why}`);
	}
	return found;
}

async function resolved(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
	try {
		return await resolve(host);
	} catch (cause) {
		const message = `${host} has no address (${reasonOf(cause)}): check its name`;
		throw new Failure('unreachable', message, { cause });
	}
}

function whyNever(address: string, isPlain: boolean): string | undefined {
	if (never.check(address, familyOf(address))) {
		return 'link-local, unspecified, multicast and metadata addresses are never connected to';
	}
	if (isPlain && !isLoopback(address)) {
		return 'only this machine is spoken to without TLS: use https';
	}
	return undefined;
}

/** Whether an address is this machine itself, where nobody listens in between. */
export function isLoopback(address: string): boolean {
	return isIP(address) !== 0 && loopback.check(address, familyOf(address));
}

/** For a socket's `lookup`: it connects to the very addresses that were checked, whatever the name says a moment later. */
export function pinned(addresses: readonly LookupAddress[]): LookupFunction {
	return (_host, options, done) => {
		const [first] = addresses;
		if (options.all) done(null, [...addresses]);
		else done(null, first?.address ?? '', first?.family);
	};
}
