import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Refusal } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import type { HostAnswer, HostCall } from './host-call.ts';
import type { LabHost } from './lab-host.ts';

/** The lab's hosts behind one private socket: the engine, in its own thread, acts on them through it. */
export class HostDoor {
	readonly #hosts: ReadonlyMap<string, LabHost>;
	readonly #sockets = new Set<Socket>();
	readonly #server = createServer((socket) => void this.#serve(socket));

	constructor(hosts: ReadonlyMap<string, LabHost>) {
		this.#hosts = hosts;
	}

	async open(path: string): Promise<void> {
		this.#server.listen(path);
		await once(this.#server, 'listening');
	}

	async close(): Promise<void> {
		for (const host of this.#hosts.values()) host.close();
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
		await closed;
	}

	async #serve(socket: Socket): Promise<void> {
		this.#sockets.add(socket);
		const held: (() => void)[] = [];
		socket.on('error', () => socket.destroy());
		socket.on('close', () => {
			this.#sockets.delete(socket);
			for (const release of held) release();
		});
		for await (const line of createInterface({ input: socket })) {
			socket.write(`${JSON.stringify(this.#answer(line, held))}\n`);
		}
	}

	#answer(line: string, held: (() => void)[]): HostAnswer {
		try {
			const call: HostCall = JSON.parse(line);
			const host = this.#hosts.get(call.host);
			if (!host) return { failed: `the lab has no host ${call.host}` };
			if (call.call !== 'lock') return { value: done(host, call) };
			held.push(host.lock(call.name));
			return {};
		} catch (thrown) {
			return thrown instanceof Refusal ? { refused: thrown.message } : { failed: reasonOf(thrown) };
		}
	}
}

function done(host: LabHost, call: Exclude<HostCall, { call: 'lock' }>): unknown {
	switch (call.call) {
		case 'bootId':
			return host.bootId();
		case 'login':
			return host.login();
		case 'command':
			return host.command(call.argv, call.input);
		case 'read':
			return host.read(call.path);
		case 'write':
			return host.write(call.path, call.text);
		case 'process':
			return host.process(call.pid);
		case 'signal':
			return host.signal(call.pid, call.signal);
		case 'arm':
			return host.arm(call.name, call.delayMs, call.argv);
		case 'disarm':
			return host.disarm(call.unit);
	}
}
