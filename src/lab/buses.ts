import { join } from 'node:path';
import { printJson } from '../codec/json.ts';
import type { Clock } from '../core/clock.ts';
import { Chance } from './chance.ts';
import { labCluster } from './cluster.ts';
import { FalcoFile } from './falco-file.ts';
import { labHosts } from './hosts.ts';
import { type NatsServer, startNatsServer } from './nats-server.ts';
import { SaltBus } from './salt-bus.ts';
import { stamp } from './salt-events.ts';
import type { Stage } from './stage.ts';

const seed = 20_261_121;

/** Where events come from. */
export class Buses {
	readonly folder: string;
	readonly salt = new SaltBus();
	readonly falco: FalcoFile;
	readonly stage: Stage;
	#nats: NatsServer | undefined;

	constructor(folder: string, clock: Clock) {
		const chance = new Chance(seed);
		this.folder = folder;
		this.falco = new FalcoFile(join(folder, 'falco.jsonl'), clock, chance);
		this.stage = {
			clock,
			chance,
			hosts: labHosts(),
			cluster: labCluster(chance),
			patience: 0,
			caption: () => {},
			salt: (tag, data) => this.salt.fire(tag, { ...data, _stamp: stamp(clock.now()) }),
			falco: (event) => this.falco.write(event),
			ops: (subject, data) => this.#nats?.publish(subject, Buffer.from(printJson(data))),
		};
	}

	async open(natsServer: string | undefined): Promise<void> {
		await this.salt.open(this.folder);
		if (natsServer) this.#nats = await startNatsServer(natsServer, this.folder);
	}

	/** As `-s` takes them. */
	sources(): string[] {
		const sources = [`salt=salt:${this.folder}`, `falco=falco:${this.falco.path}`];
		if (!this.#nats) return sources;
		const token = encodeURIComponent(`file:${this.#nats.tokenFile}`);
		return [...sources, `nats=nats://127.0.0.1:${this.#nats.port}/ops.>?token=${token}`];
	}

	async close(): Promise<void> {
		await Promise.all([this.salt.close(), this.#nats?.close()]);
		this.falco.close();
	}
}
