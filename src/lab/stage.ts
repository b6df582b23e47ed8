import type { Clock } from '../core/clock.ts';
import type { Chance } from './chance.ts';
import type { Cluster } from './cluster.ts';
import type { FalcoEvent } from './falco-events.ts';
import type { Hosts } from './hosts.ts';

/** Where the story plays: targets that really change, and the buses that tell of them. */
export type Stage = {
	readonly clock: Clock;
	readonly chance: Chance;
	readonly hosts: Hosts;
	readonly cluster: Cluster;
	/** How many rounds an attack goes on that nobody answers. */
	readonly patience: number;
	/** Says what the operator could press now. */
	caption(text: string): void;
	/** Fires on the Salt master's bus. */
	salt(tag: string, data: Readonly<Record<string, unknown>>): void;
	falco(event: FalcoEvent): void;
	/** Publishes on NATS; nothing happens where there is no server. */
	ops(subject: string, data: Readonly<Record<string, unknown>>): void;
};

/** What happens, with its pauses: each step yields the milliseconds until the next. */
export type Telling = Generator<number, void>;

export type Act = {
	/** What the operator could press to see more of it. */
	readonly caption: string;
	play(stage: Stage): Telling;
};
