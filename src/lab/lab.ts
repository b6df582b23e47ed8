import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { SshLogin } from '../core/host-tool.ts';
import { Buses } from './buses.ts';
import type { ConfigFiles } from './config-files.ts';
import { labPrefix, sweepDeadLabs } from './dead-labs.ts';
import type { Stage } from './stage.ts';
import { type Pace, tell } from './story.ts';
import { hostDoorIn, Targets } from './targets.ts';

/** Buses in a private folder that speak as the real ones do, targets that can be acted on, and a story on them. */
export type Lab = {
	/** Private, and gone when the lab is closed. */
	readonly folder: string;
	/** As `-s` takes them. */
	readonly sources: readonly string[];
	/** The configuration that its rules, destinations and targets are said in, and the cluster's kubeconfig. */
	readonly files: ConfigFiles;
	/** Where `labHost` finds the hosts. */
	readonly hostDoor: string;
	readonly stage: Stage;
	/** Is told when a lockdown waits for its confirmation. */
	onLockdown: (host: string, run: string) => void;
	/** Somebody logs in to a host anew, from the bastion. */
	logIn(host: string): SshLogin | undefined;
	/** Begins once somebody listens; resolves when the story was told once, or when `stop` aborts. */
	tell(pace: Pace, stop: AbortSignal): Promise<void>;
	/** Ends every server and removes the folder. */
	close(): Promise<void>;
};

/** Opens the lab, after what killed ones left. `natsServer` is the program's path; without it there is no NATS in the story. */
export async function openLab(clock: Clock, natsServer: string | undefined): Promise<Lab> {
	await sweepDeadLabs(tmpdir());
	const folder = await mkdtemp(join(tmpdir(), labPrefix));
	const buses = new Buses(folder, clock);
	const targets = new Targets(buses.stage);
	const close = async () => {
		await Promise.all([targets.close(), buses.close()]);
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await buses.open(natsServer);
		const files = await targets.open(folder);
		return labOf(buses, targets, files, close);
	} catch (thrown) {
		await close();
		throw thrown;
	}
}

function labOf(buses: Buses, targets: Targets, files: ConfigFiles, close: Lab['close']): Lab {
	const { folder, stage, salt, falco } = buses;
	const lab: Lab = {
		folder,
		sources: buses.sources(),
		files,
		hostDoor: hostDoorIn(folder),
		stage,
		onLockdown: () => {},
		logIn: (host) => targets.hosts.get(host)?.logIn(),
		async tell(pace, stop) {
			await salt.heard(stop);
			await tell({ ...stage, caption: pace.onCaption, patience: pace.patience }, pace, stop);
			falco.rotate();
		},
		close,
	};
	targets.onLockdown = (host, run) => lab.onLockdown(host, run);
	return lab;
}
