import { join } from 'node:path';
import { type ConfigFiles, writeConfig } from './config-files.ts';
import { HostDoor } from './host-door.ts';
import { KubeApi } from './kube-api.ts';
import { KubeWorld } from './kube-world.ts';
import { LabHost } from './lab-host.ts';
import { Mailbox } from './mailbox.ts';
import { type Delivered, PostOffice } from './post-office.ts';
import type { Stage } from './stage.ts';

/** What can be acted on, and who can be told; what happens there is told on the Salt bus. */
export class Targets {
	readonly hosts: ReadonlyMap<string, LabHost>;
	onLockdown: (host: string, run: string) => void = () => {};
	readonly #api: KubeApi;
	readonly #office: PostOffice;
	readonly #mailbox: Mailbox;
	readonly #door: HostDoor;

	constructor({ clock, chance, cluster, hosts, salt }: Stage) {
		const level = 'notice';
		const world = new KubeWorld(cluster, chance, (what, { ns, name, node }) =>
			salt(`lab/kubernetes/${ns}/${what}`, { id: node, pod: name, level }),
		);
		const deliver = ({ medium, to, text }: Delivered) => salt(`lab/${medium}`, { to, text, level });
		this.#api = new KubeApi(world.store, world.nature);
		this.#office = new PostOffice(deliver);
		this.#mailbox = new Mailbox(deliver);
		this.hosts = new Map(
			Object.values(hosts).map((host) => {
				const waits = (run: string) => this.onLockdown(host.id, run);
				return [host.id, new LabHost(host, clock, waits)];
			}),
		);
		this.#door = new HostDoor(this.hosts);
	}

	async open(folder: string): Promise<ConfigFiles> {
		const hosts = hostDoorIn(folder);
		const [kubernetes, doors, mail] = await Promise.all([
			this.#api.open(),
			this.#office.open(),
			this.#mailbox.open(),
			this.#door.open(hosts),
		]);
		return writeConfig(folder, { ...doors, kubernetes, mail, hosts });
	}

	async close(): Promise<void> {
		await Promise.all(
			[this.#api, this.#office, this.#mailbox, this.#door].map((server) => server.close()),
		);
	}
}

/** Where `labHost` finds the hosts. */
export function hostDoorIn(folder: string): string {
	return join(folder, 'hosts.ipc');
}
