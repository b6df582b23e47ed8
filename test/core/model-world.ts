import type { Actor, Stage, Terms } from '../../src/core/approval.ts';
import { peopleFor } from '../../src/core/stage.ts';
import { olga } from '../support/an-approval.ts';

export type Executor = {
	readonly at: 'idle' | 'saw' | 'claimed' | 'intended' | 'acted';
	readonly epoch: number;
	/** Its own clock's end of the lease, in leases. */
	readonly until: number;
	/** Nobody else appended since it looked. */
	readonly isFresh: boolean;
	/** How often it was started. */
	readonly life: number;
};

/** Everything there is: the store's stage, who is where, and what happened outside. Time counts leases. */
export type World = {
	readonly time: number;
	readonly stage: Stage;
	readonly executors: readonly Executor[];
	readonly effects: number;
	/** The stage before the last append, while its writer lives: what a disk that lies goes back to. */
	readonly unsynced?: { readonly stage: Stage; readonly by: number };
};

/** When the plan expires, and when the model ends. */
export const expiry = 2;
export const horizon = 3;

/** An operator who saw an earlier plan. */
export const blind: Actor = { id: 'uid:1099', name: 'blind' };

/** What tells worlds apart; when something ended, or who agreed to it long ago, does not. */
export function keyOf({ time, stage, executors, effects, unsynced }: World): string {
	const who = executors.map(({ at, epoch, until, isFresh, life }) =>
		[at, epoch, until, isFresh, life].join(),
	);
	const lying = unsynced ? [unsynced.by, stageKey(unsynced.stage)] : [];
	return [time, effects, stageKey(stage), ...who, ...lying].join(';');
}

export function stageKey(stage: Stage): string {
	const by = 'by' in stage && Array.isArray(stage.by) ? stage.by.map(({ id }: Actor) => id) : [];
	switch (stage.kind) {
		case 'proposed':
			return `proposed,${by}`;
		case 'approved':
		case 'unknown':
			return `${stage.kind},${by},${stage.epoch}`;
		case 'claimed':
			return `claimed,${by},${stage.executor},${stage.epoch},${stage.leaseUntil}`;
		case 'running':
			return `running,${by},${stage.executor},${stage.epoch},${stage.startedAt}`;
		default:
			return stage.kind;
	}
}

/** What nothing can move any more has to be an end that was told. */
export function unended({ stage }: World): string | undefined {
	const isTold = ['ok', 'failed', 'refused', 'settled', 'rejected', 'expired', 'superseded'];
	return isTold.includes(stage.kind) ? undefined : `nothing more happens, and it is ${stage.kind}`;
}

/** Which promise is broken between one world and the next. */
export function violation(
	{ tier }: Pick<Terms, 'tier'>,
	before: World,
	after: World,
): string | undefined {
	const { stage, effects, time } = after;
	if (effects > 1) return 'done twice';
	if (after.effects > before.effects) return wrongEffect(tier, before);
	if (stage === before.stage) return undefined;
	if (isFinal(before.stage)) return `${before.stage.kind} became ${stage.kind}`;
	if (stage.kind === 'running' && time >= expiry) return 'begun after its expiry';
	if (stage.kind === 'ok' && effects === 0) return 'ok without an effect';
	if (isUndone(stage) && effects > 0) return `done, and told as ${stage.kind}`;
	return undefined;
}

function wrongEffect(tier: Terms['tier'], { stage }: World): string | undefined {
	if (isUndone(stage) || stage.kind === 'unknown' || stage.kind === 'settled') {
		return `done after it was told as ${stage.kind}`;
	}
	const by = 'by' in stage && Array.isArray(stage.by) ? stage.by.map(({ id }: Actor) => id) : [];
	if (new Set(by).size < peopleFor({ tier })) return 'done with too few people';
	if (tier === 4 && by[1] === olga.id) return 'done with whoever asked as the second';
	if (by.some((id) => !id.startsWith('uid:'))) return 'done without a person';
	return by.includes(blind.id) ? 'done though nobody saw that plan' : undefined;
}

/** Told as something after which nothing can have been done. */
function isUndone({ kind }: Stage): boolean {
	return ['refused', 'rejected', 'expired', 'superseded'].includes(kind);
}

function isFinal(stage: Stage): boolean {
	return isUndone(stage) || ['ok', 'failed', 'settled'].includes(stage.kind);
}
