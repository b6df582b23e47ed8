import { pause } from '../core/clock.ts';
import { aftermath } from './acts/aftermath.ts';
import { attack } from './acts/attack.ts';
import { deploy } from './acts/deploy.ts';
import { morning } from './acts/morning.ts';
import { pressure } from './acts/pressure.ts';
import { hum } from './hum.ts';
import type { Act, Stage, Telling } from './stage.ts';

const acts: readonly Act[] = [morning, deploy, pressure, attack, aftermath];

export type Pace = {
	/** How many times faster than the acts are written. */
	readonly speed: number;
	/** How many rounds an attack goes on that nobody answers. */
	readonly patience: number;
	/** Is told at the beginning of each act what could be pressed now. */
	onCaption(caption: string): void;
};

/** Plays each act once, over a hum that never ends by itself; resolves after the last, or when `stop` aborts. */
export async function tell(stage: Stage, pace: Pace, stop: AbortSignal): Promise<void> {
	const curtain = new AbortController();
	const either = AbortSignal.any([stop, curtain.signal]);
	const humming = play(hum(stage), stage, pace, either);
	for (const act of acts) {
		if (stop.aborted) break;
		pace.onCaption(act.caption);
		await play(act.play(stage), stage, pace, either);
	}
	curtain.abort();
	await humming;
}

/** A machine that is busy makes no act longer: what comes late shortens the pause after it, up to this much. */
const mostBehindMs = 1000;

async function play(
	telling: Telling,
	{ clock }: Stage,
	{ speed }: Pace,
	stop: AbortSignal,
): Promise<void> {
	let due = clock.now();
	for (const ms of telling) {
		due = Math.max(due + ms / speed, clock.now() - mostBehindMs);
		await pause(clock, Math.max(0, due - clock.now()), stop);
		if (stop.aborted) return;
	}
}
