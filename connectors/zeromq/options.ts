import { accessSync, constants } from 'node:fs';
import type { SocketOptions, Subscriber } from 'zeromq';
import { systemCode } from '../../src/core/errors.ts';
import type { ZeromqOrder } from '../wire/zeromq-child.ts';

type KeyPair = { readonly publicKey: string; readonly secretKey: string };

/** What sockets of every pattern have in common: quick reconnects, dead peers noticed, CURVE. */
export function socketOptions(
	{ curve }: ZeromqOrder,
	makeKeys: () => KeyPair,
): SocketOptions<Subscriber> {
	return {
		reconnectInterval: 250,
		reconnectMaxInterval: 2000,
		// Kernel probes, not ZMTP heartbeats: old publishers do not answer those. Dead after 9 s.
		tcpKeepalive: 1,
		tcpKeepaliveIdle: 5,
		tcpKeepaliveInterval: 2,
		tcpKeepaliveCount: 2,
		...(curve === undefined ? {} : curveOptions(curve, makeKeys)),
	};
}

function curveOptions(
	{ serverKey, publicKey, secretKey }: NonNullable<ZeromqOrder['curve']>,
	makeKeys: () => KeyPair,
): SocketOptions<Subscriber> {
	if (serverKey === undefined) return { curveServer: true, curveSecretKey: secretKey ?? null };
	// A server that lets everybody in still wants a pair: one of our own making will do.
	const own = makeKeys();
	return {
		curveServerKey: serverKey,
		curvePublicKey: publicKey ?? own.publicKey,
		curveSecretKey: secretKey ?? own.secretKey,
	};
}

/** Why no publisher is there, as far as one can see from here. */
export function nobodyThere({ endpoint, curve }: ZeromqOrder, isRefused: boolean): string {
	if (isRefused && curve !== undefined) {
		return `${endpoint} refused the CURVE handshake: check the server's public key and ours`;
	}
	if (isRefused) return `${endpoint} refused the handshake: it may want CURVE keys`;
	if (!endpoint.startsWith('ipc://')) return `nobody answers at ${endpoint}`;
	try {
		accessSync(endpoint.slice('ipc://'.length), constants.R_OK | constants.W_OK);
	} catch (thrown) {
		if (systemCode(thrown) === 'EACCES') return `${endpoint} may not be opened by this user`;
		return `${endpoint} does not exist`;
	}
	return `nobody listens behind ${endpoint}`;
}
