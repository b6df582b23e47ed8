import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
import { type Pace, tell } from './story.ts';

const seed = 20_261_121;

/** Buses in a private folder that speak as the real ones do, and a story on them. */
export type Lab = {
	/** Private, and gone when the lab is closed. */
	readonly folder: string;
	/** As `-s` takes them. */
	readonly sources: readonly string[];
	readonly stage: Stage;
	/** Begins once somebody listens; resolves when the story was told once, or when `stop` aborts. */
	tell(pace: Pace, stop: AbortSignal): Promise<void>;
	/** Ends every server and removes the folder. */
	close(): Promise<void>;
};

/** Opens the lab. `natsServer` is the program's path; without it there is no NATS in the story. */
export async function openLab(clock: Clock, natsServer: string | undefined): Promise<Lab> {
	const folder = await mkdtemp(join(tmpdir(), 'eventctl-demo-'));
	const chance = new Chance(seed);
	const salt = new SaltBus();
	const falco = new FalcoFile(join(folder, 'falco.jsonl'), clock, chance);
	let nats: NatsServer | undefined;
	const close = async () => {
		await Promise.all([salt.close(), nats?.close()]);
		falco.close();
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await salt.open(folder);
		if (natsServer) nats = await startNatsServer(natsServer, folder);
	} catch (thrown) {
		await close();
		throw thrown;
	}
	const stage = stageOn({ clock, chance, salt, falco, nats });
	return {
		folder,
		sources: sourcesOf(folder, falco, nats),
		stage,
		async tell(pace, stop) {
			await salt.heard(stop);
			await tell(stage, pace, stop);
			falco.rotate();
		},
		close,
	};
}

type Props = {
	readonly clock: Clock;
	readonly chance: Chance;
	readonly salt: SaltBus;
	readonly falco: FalcoFile;
	readonly nats: NatsServer | undefined;
};

function stageOn({ clock, chance, salt, falco, nats }: Props): Stage {
	return {
		clock,
		chance,
		hosts: labHosts(),
		cluster: labCluster(chance),
		salt: (tag, data) => salt.fire(tag, { ...data, _stamp: stamp(clock.now()) }),
		falco: (event) => falco.write(event),
		ops: (subject, data) => nats?.publish(subject, Buffer.from(printJson(data))),
	};
}

function sourcesOf(folder: string, falco: FalcoFile, nats: NatsServer | undefined): string[] {
	const sources = [`salt=salt:${folder}`, `falco=falco:${falco.path}`];
	if (!nats) return sources;
	const token = encodeURIComponent(`file:${nats.tokenFile}`);
	return [...sources, `nats=nats://127.0.0.1:${nats.port}/ops.>?token=${token}`];
}
