import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { freePort } from './free-port.ts';
import { needServer } from './servers.ts';
import { tempFolder } from './temp-folder.ts';

export type NatsLab = {
	/** Private, removed when the test ends. */
	readonly folder: string;
	readonly port: number;
	/** `nats://127.0.0.1:PORT`. */
	readonly url: string;
	/** Starts it, again after `kill`, with the same port and store; resolves when it is ready. */
	start(config?: string): Promise<void>;
	/** SIGSTOP and SIGCONT: a server that keeps its connections and says nothing. */
	signal(name: 'SIGSTOP' | 'SIGCONT'): void;
	/** SIGKILL; resolves when it is gone. */
	kill(): Promise<void>;
};

/**
 * A real nats-server on a free loopback port, ended with the test; `config` is added to its configuration.
 * Undefined, with the test skipped, where there is no nats-server and none is demanded.
 */
export async function natsLab(
	t: TestContext,
	config: string | ((folder: string) => string) = '',
): Promise<NatsLab | undefined> {
	const program = needServer(t, 'nats-server');
	if (program === undefined) return undefined;
	const folder = tempFolder(t);
	const port = await freePort();
	const own = typeof config === 'string' ? config : config(folder);
	let child: ChildProcess | undefined;
	const kill = async () => {
		const running = child;
		child = undefined;
		if (running === undefined || !running.kill('SIGKILL')) return;
		await once(running, 'exit');
	};
	const lab: NatsLab = {
		folder,
		port,
		url: `nats://127.0.0.1:${port}`,
		async start(other = own) {
			writeFileSync(join(folder, 'nats.conf'), `listen: "127.0.0.1:${port}"\n${other}\n`);
			child = spawn(program, ['-c', join(folder, 'nats.conf')], {
				stdio: ['ignore', 'ignore', 'pipe'],
			});
			await ready(child);
		},
		signal: (name) => child?.kill(name),
		kill,
	};
	t.after(kill);
	await lab.start();
	return lab;
}

/** Configuration of a JetStream whose store outlives a kill. */
export function withJetStream(folder: string): string {
	return `jetstream { store_dir: "${join(folder, 'store')}" }`;
}

async function ready({ stderr }: ChildProcess): Promise<void> {
	const said: string[] = [];
	if (stderr === null) throw new Error('nats-server has no stderr');
	for await (const line of createInterface({ input: stderr })) {
		said.push(line);
		if (!line.includes('Server is ready')) continue;
		stderr.resume();
		return;
	}
	throw new Error(`nats-server ended: ${said.join('\n')}`);
}
