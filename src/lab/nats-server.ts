import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Failure } from '../core/errors.ts';

type Guard = ChildProcessByStdio<Writable, null, Readable>;

/** However we end, our end of its standard input closes with us: then the server goes too. */
const guarding = '"$0" -c "$1" & read -r _; kill $!; wait';

/** A real nats-server on a loopback port of its own choice, open to whoever reads the token's file, and a publisher on it. */
export class NatsServer {
	readonly port: number;
	readonly tokenFile: string;
	readonly #guard: Guard;
	readonly #socket: Socket;

	constructor(port: number, tokenFile: string, guard: Guard, socket: Socket) {
		this.port = port;
		this.tokenFile = tokenFile;
		this.#guard = guard;
		this.#socket = socket;
	}

	publish(subject: string, payload: Uint8Array): void {
		this.#socket.write(`PUB ${subject} ${payload.length}\r\n`);
		this.#socket.write(payload);
		this.#socket.write('\r\n');
	}

	async close(): Promise<void> {
		this.#socket.destroy();
		await end(this.#guard);
	}
}

/** Where nats-server is: in one of these folders, or on PATH; undefined where it is not installed. */
export function findNatsServer(folders: readonly string[], path = ''): string | undefined {
	return [...folders, ...path.split(delimiter)]
		.map((folder) => join(folder, 'nats-server'))
		.find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Starts the program with its files in a private folder. Throws a Failure where it does not come up. */
export async function startNatsServer(program: string, folder: string): Promise<NatsServer> {
	const token = randomBytes(24).toString('base64url');
	const tokenFile = join(folder, 'nats.token');
	const config = join(folder, 'nats.conf');
	writeFileSync(tokenFile, token, { mode: 0o600 });
	writeFileSync(config, `listen: "127.0.0.1:-1"\nauthorization { token: "${token}" }\n`, {
		mode: 0o600,
	});
	const guard = spawn('/bin/sh', ['-c', guarding, program, config], {
		stdio: ['pipe', 'ignore', 'pipe'],
		detached: true,
	});
	try {
		const port = await portOf(guard.stderr);
		return new NatsServer(port, tokenFile, guard, await publisher(port, token));
	} catch (thrown) {
		await end(guard);
		throw thrown;
	}
}

async function end(guard: Guard): Promise<void> {
	guard.stdin.end();
	if (guard.exitCode === null) await once(guard, 'exit');
}

async function portOf(stderr: Readable): Promise<number> {
	let last = '';
	let port: number | undefined;
	for await (const line of createInterface({ input: stderr })) {
		last = line;
		port ??= numberIn(line, /Listening for client connections on 127\.0\.0\.1:(\d+)/);
		if (port === undefined || !line.includes('Server is ready')) continue;
		stderr.resume();
		return port;
	}
	throw new Failure('unreachable', `nats-server did not start: ${last}`);
}

function numberIn(line: string, pattern: RegExp): number | undefined {
	const digits = pattern.exec(line)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** A connection that only publishes: of what the server says, its pings alone want an answer. */
async function publisher(port: number, token: string): Promise<Socket> {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	socket.on('error', () => socket.destroy());
	socket.on('data', (said) => {
		if (said.includes('PING\r\n')) socket.write('PONG\r\n');
	});
	socket.write(`CONNECT ${JSON.stringify({ verbose: false, auth_token: token })}\r\n`);
	return socket;
}
