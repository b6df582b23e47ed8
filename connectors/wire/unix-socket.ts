import { connect } from 'node:net';

/** A socket on this host: by path, or a port that only loopback reaches. */
export type Address = { readonly path: string } | { readonly host: string; readonly port: number };

/** Who takes the bytes. Always at once: a reader that made its socket wait would make its sender grow. */
export type Reader = {
	/** Where the next bytes belong. */
	room(): Uint8Array;
	/** `count` bytes are there; false ends the connection. */
	took(count: number): boolean;
};

export type SocketEnd =
	/** It never was open. */
	| { readonly kind: 'refused'; readonly error: unknown }
	/** The other side ended it, or the system did. */
	| { readonly kind: 'closed'; readonly error?: unknown }
	/** The reader would take no more. */
	| { readonly kind: 'given-up' }
	| { readonly kind: 'stopped' };

/** The address as an operator writes it: a path, or `tcp://127.0.0.1:4510`. */
export function addressText(address: Address): string {
	return 'path' in address ? address.path : `tcp://${address.host}:${address.port}`;
}

/** Connects, calls `opened`, hands over every byte until the connection ends or `stop` aborts; tells how it ended. */
export function drain(
	address: Address,
	reader: Reader,
	opened: () => void,
	stop: AbortSignal,
): Promise<SocketEnd> {
	if (stop.aborted) return Promise.resolve({ kind: 'stopped' });
	return new Promise((resolve) => {
		let hasOpened = false;
		let hasGivenUp = false;
		let error: unknown;
		const take = (count: number): boolean => {
			if (reader.took(count)) return true;
			hasGivenUp = true;
			socket.destroy();
			return false;
		};
		const socket = connect({
			...address,
			signal: stop,
			onread: { buffer: () => reader.room(), callback: take },
		});
		socket.on('connect', () => {
			hasOpened = true;
			opened();
		});
		socket.on('error', (thrown) => {
			error = thrown;
		});
		socket.on('close', () => {
			if (stop.aborted) resolve({ kind: 'stopped' });
			else if (hasGivenUp) resolve({ kind: 'given-up' });
			else resolve(hasOpened ? { kind: 'closed', error } : { kind: 'refused', error });
		});
	});
}

/**
 * Connects and writes the bytes in one piece; resolves when the system took them, with what closes the
 * connection. Rejects with the system's error, or when `stop` aborts before that.
 */
export function sendTo(
	address: Address,
	bytes: Uint8Array,
	stop: AbortSignal,
): Promise<() => void> {
	return new Promise((resolve, reject) => {
		const socket = connect({ ...address, signal: stop });
		// An error after the write changes nothing: whether it arrived is not for this socket to say.
		socket.on('error', reject);
		socket.resume();
		socket.write(bytes, () => resolve(() => socket.destroy()));
	});
}
