import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { connect, type NatsConnection, type NodeConnectionOptions } from 'nats';
import type { Access } from './access.ts';
import type { Backoff } from './backoff.ts';
import { whyNotConnected } from './reasons.ts';
import type { NatsTls } from './settings.ts';

/** Milliseconds a server has for its greeting. */
const timeout = 5000;

/** Connects once to the first server that answers; afterwards the client reconnects for ever. Throws a Failure. */
export async function dial(access: Access, backoff: Backoff): Promise<NatsConnection> {
	try {
		return await connect(connectOptions(access, backoff));
	} catch (thrown) {
		throw whyNotConnected(access, thrown);
	}
}

export function connectOptions(access: Access, backoff: Backoff): NodeConnectionOptions {
	return {
		name: 'eventctl',
		servers: [...access.servers],
		authenticator: [...access.authenticators],
		// Absent, TLS is used where the server offers it; present, it is a must.
		...(access.tls === undefined ? {} : { tls: tlsOptions(access.tls, access.servers) }),
		inboxPrefix: access.inbox,
		timeout,
		// The client's own wait tells no reason and hears no stop: `connected` in nats.ts waits instead.
		waitOnFirstConnect: false,
		maxReconnectAttempts: -1,
		reconnectDelayHandler: () => backoff.delayMs,
		pingInterval: 5000,
		maxPingOut: 2,
	};
}

function tlsOptions({ ca, cert, key, first }: NatsTls, servers: readonly string[]) {
	return {
		...(ca === undefined ? {} : { caFile: ca }),
		...(cert === undefined ? {} : { certFile: cert }),
		...(key === undefined ? {} : { keyFile: key }),
		...(first === undefined ? {} : { handshakeFirst: first }),
		checkServerIdentity: identityCheck(servers),
	};
}

/** The client gives TLS no name for a server called by its address, and Node then compares with `localhost`. */
function identityCheck(servers: readonly string[]): typeof checkServerIdentity {
	const addresses = servers.map(withoutPort).filter((host) => isIP(host) !== 0);
	return (name, certificate) => {
		if (name !== 'localhost' || addresses.length === 0)
			return checkServerIdentity(name, certificate);
		const mismatches = addresses.map((address) => checkServerIdentity(address, certificate));
		return mismatches.includes(undefined) ? undefined : mismatches[0];
	};
}

function withoutPort(host: string): string {
	return host.replace(/:\d+$/u, '').replace(/^\[(.*)\]$/u, '$1');
}
