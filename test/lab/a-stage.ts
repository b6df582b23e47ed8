import { Chance } from '../../src/lab/chance.ts';
import { labCluster } from '../../src/lab/cluster.ts';
import type { FalcoEvent } from '../../src/lab/falco-events.ts';
import { labHosts } from '../../src/lab/hosts.ts';
import type { Stage, Telling } from '../../src/lab/stage.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

type Data = Readonly<Record<string, unknown>>;

/** A stage whose buses are lists: what was said, where, and how many milliseconds after the start. */
export type RecordingStage = Stage & {
	readonly clock: FakeClock;
	readonly said: { readonly ms: number; readonly bus: 'salt' | 'falco' | 'ops' }[];
	readonly fired: { readonly tag: string; readonly data: Data }[];
	readonly published: { readonly subject: string; readonly data: Data }[];
	readonly seen: FalcoEvent[];
	readonly captions: string[];
};

export function aStage(seed = 1): RecordingStage {
	const clock = fakeClock();
	const start = clock.now();
	const chance = new Chance(seed);
	const say = (bus: 'salt' | 'falco' | 'ops') => stage.said.push({ ms: clock.now() - start, bus });
	const stage: RecordingStage = {
		clock,
		chance,
		hosts: labHosts(),
		cluster: labCluster(chance),
		patience: 20,
		captions: [],
		caption: (text) => stage.captions.push(text),
		said: [],
		fired: [],
		published: [],
		seen: [],
		salt(tag, data) {
			say('salt');
			stage.fired.push({ tag, data });
		},
		falco(event) {
			say('falco');
			stage.seen.push(event);
		},
		ops(subject, data) {
			say('ops');
			stage.published.push({ subject, data });
		},
	};
	return stage;
}

/** Plays without waiting; `meanwhile` is asked at each pause. */
export function played(stage: RecordingStage, telling: Telling, meanwhile = () => {}): void {
	for (const ms of telling) {
		stage.clock.advance(ms);
		meanwhile();
	}
}
