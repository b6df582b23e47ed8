import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { TLSSocket } from 'node:tls';
import { aBell } from './a-bell.ts';
import type { Certificates } from './certificates.ts';

export type ANatsServer = {
	readonly port: number;
	/** What subscribed, in order. */
	readonly subjects: string[];
	/** Sends an event to everybody who subscribed, whatever to. */
	publish(subject: string, body: Uint8Array): void;
	until(what: string, holds: () => boolean): Promise<void>;
};

type Subscriber = { readonly socket: Socket; readonly sid: string };

/** As much of a NATS server as a subscriber meets; with certificates it wants TLS. */
export async function aNatsServer(t: TestContext, tls?: Certificates): Promise<ANatsServer> {
	const bell = aBell();
	const subscribers: Subscriber[] = [];
	const subjects: string[] = [];
	const info = { server_id: 'a', version: '2.11.0', proto: 1, headers: true, max_payload: 1 << 20 };
	const answer = (socket: Socket, line: string) => {
		const [word, subject = '', sid = ''] = line.split(' ');
		if (word === 'PING') socket.write('PONG\r\n');
		if (word !== 'SUB') return;
		subscribers.push({ socket, sid });
		subjects.push(subject);
		bell.ring();
	};
	const sockets = new Set<Socket>();
	const server = createServer((plain) => {
		sockets.add(plain);
		plain.on('error', () => {});
		plain.write(`INFO ${JSON.stringify({ ...info, tls_required: tls !== undefined })}\r\n`);
		const socket = tls === undefined ? plain : secured(plain, tls);
		socket.on('error', () => {});
		let rest = '';
		socket.on('data', (chunk) => {
			const lines = (rest + chunk).split('\r\n');
			rest = lines.pop() ?? '';
			for (const line of lines) answer(socket, line);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		port: address.port,
		subjects,
		until: bell.until,
		publish(subject, body) {
			for (const { socket, sid } of subscribers) {
				socket.write(`MSG ${subject} ${sid} ${body.length}\r\n`);
				socket.write(body);
				socket.write('\r\n');
			}
		},
	};
}

function secured(plain: Socket, { server }: Certificates): Socket {
	return new TLSSocket(plain, {
		isServer: true,
		cert: readFileSync(server.cert),
		key: readFileSync(server.key),
	});
}
