import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from './free-port.ts';

/** The two ports of a bus with `ipc_mode: tcp`. */
type BusPorts = { readonly pub: number; readonly pull: number };

export type LabPorts = {
	/** Where minions hear their master and answer it. */
	readonly publish: number;
	readonly ret: number;
	readonly master: BusPorts & { readonly publishPull: number; readonly workers: number };
	readonly minions: readonly BusPorts[];
};

/** Free ports for a master and so many minions. */
export async function labPorts(minions: number): Promise<LabPorts> {
	const free = await Promise.all(Array.from({ length: 6 + minions * 2 }, freePort));
	const next = () => free.pop() ?? 0;
	return {
		publish: next(),
		ret: next(),
		master: { pub: next(), pull: next(), publishPull: next(), workers: next() },
		minions: Array.from({ length: minions }, () => ({ pub: next(), pull: next() })),
	};
}

export function writeMaster(home: string, srv: string, ports: LabPorts, isTcp: boolean): void {
	const { pub, pull, publishPull, workers } = ports.master;
	writeConfig(home, 'master', {
		interface: '127.0.0.1',
		publish_port: ports.publish,
		ret_port: ports.ret,
		auto_accept: true,
		worker_threads: 3,
		loop_interval: 5,
		file_roots: { base: [srv] },
		...(isTcp && {
			ipc_mode: 'tcp',
			tcp_master_pub_port: pub,
			tcp_master_pull_port: pull,
			tcp_master_publish_pull: publishPull,
			tcp_master_workers: workers,
		}),
	});
}

export function writeMinion(
	home: string,
	id: string,
	{ publish, ret }: LabPorts,
	{ pub, pull }: BusPorts,
	isTcp: boolean,
): void {
	writeConfig(home, 'minion', {
		id,
		master: '127.0.0.1',
		publish_port: publish,
		master_port: ret,
		acceptance_wait_time: 1,
		recon_default: 100,
		recon_max: 500,
		random_reauth_delay: 1,
		mine_enabled: false,
		...(isTcp && { ipc_mode: 'tcp', tcp_pub_port: pub, tcp_pull_port: pull }),
	});
}

/** Every path that Salt has by default is below the root, and those of the sockets are short. */
function writeConfig(home: string, name: string, config: object): void {
	mkdirSync(home, { recursive: true });
	const own = {
		root_dir: home,
		user: userInfo().username,
		sock_dir: '/run',
		pki_dir: '/pki',
		cachedir: '/cache',
		pidfile: '/pid',
		log_file: '/log',
	};
	writeFileSync(join(home, name), stringify({ ...own, ...config }));
}
