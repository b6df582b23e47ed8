import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { command } from './own-network.ts';

/** What neighbours need of a test: to end what they started. */
type Ending = { after(deed: () => unknown): void };

/** A host beside this one, in a network of its own: `10.9.N.1` is this end of the wire, `10.9.N.2` that one. */
export function neighbour(name: string, net: number): void {
	command('ip', 'netns', 'add', name);
	command('ip', 'link', 'add', `h${net}`, 'type', 'veth', 'peer', 'name', 'wire', 'netns', name);
	command('ip', 'addr', 'add', `10.9.${net}.1/24`, 'dev', `h${net}`);
	command('ip', 'addr', 'add', `fd09:${net}::1/64`, 'dev', `h${net}`, 'nodad');
	command('ip', 'link', 'set', `h${net}`, 'up');
	const there = ['-n', name] as const;
	command('ip', ...there, 'addr', 'add', `10.9.${net}.2/24`, 'dev', 'wire');
	command('ip', ...there, 'addr', 'add', `fd09:${net}::2/64`, 'dev', 'wire', 'nodad');
	command('ip', ...there, 'link', 'set', 'wire', 'up');
	command('ip', ...there, 'link', 'set', 'lo', 'up');
}

/** Sends back every line, and remembers them by the port they came from. */
export type EchoServer = { readonly server: Server; readonly heard: Map<number, string[]> };

export async function echoServer(port: number): Promise<EchoServer> {
	const heard = new Map<number, string[]>();
	const server = createServer((socket) => echo(socket, heard));
	server.listen(port, '::');
	await once(server, 'listening');
	return { server, heard };
}

function echo(socket: Socket, heard: Map<number, string[]>): void {
	const lines: string[] = [];
	heard.set(socket.remotePort ?? 0, lines);
	// A connection that is ended by force is what some tests are about.
	socket.on('error', () => {});
	socket.on('data', (bytes) => {
		lines.push(...String(bytes).trimEnd().split('\n'));
		socket.write(bytes);
	});
}

/** A connection that a neighbour opened. */
export type Caller = {
	readonly port: number;
	/** As `SSH_CONNECTION` tells it. */
	readonly ssh: string;
	say(line: string): void;
	/** Says a line and answers what comes back. */
	echo(line: string): Promise<string>;
};

/** Runs in the neighbour: lines of stdin go out, what comes back goes to stdout. */
const calling = `
const socket = require('node:net').connect(Number(process.argv[2]), process.argv[1]);
socket.on('connect', () => process.stdout.write(socket.localPort + '\\n'));
socket.on('error', () => process.exit(1));
process.stdin.pipe(socket).pipe(process.stdout);`;

export async function call(
	t: Ending,
	name: string,
	to: string,
	port: number,
	from: string,
): Promise<Caller> {
	const child = start(t, name, [calling, to, String(port)]);
	const own = await nextLine(child);
	return {
		port: Number(own),
		ssh: `${from} ${own} ${to} ${port}`,
		say: (line) => child.stdin.write(`${line}\n`),
		echo(line) {
			const answer = nextLine(child);
			child.stdin.write(`${line}\n`);
			return answer;
		},
	};
}

const listening = `
require('node:net').createServer((socket) => socket.end('welcome\\n')).listen(Number(process.argv[1]), '::',
	() => process.stdout.write('listening\\n'));`;

/** A server in the neighbour that greets whoever connects. */
export async function listenIn(t: Ending, name: string, port: number): Promise<void> {
	await nextLine(start(t, name, [listening, String(port)]));
}

function start(t: Ending, name: string, words: readonly string[]): ChildProcessWithoutNullStreams {
	const [code = '', ...rest] = words;
	const argv = ['netns', 'exec', name, process.execPath, '-e', code, ...rest];
	const child = spawn('/usr/sbin/ip', argv, { stdio: 'pipe', detached: true });
	const closed = once(child, 'close');
	t.after(() => {
		child.kill('SIGKILL');
		return closed;
	});
	return child;
}

async function nextLine(child: ChildProcessWithoutNullStreams): Promise<string> {
	const [bytes] = await once(child.stdout, 'data');
	return String(bytes).trimEnd();
}
