import type { Actor, Outcome, Stage, Step, Terms } from './approval.ts';
import { numberIn, textIn } from './detail.ts';

/** How long a claim holds without being begun, in milliseconds. */
export const leaseMs = 30_000;

/**
 * The next stage, or the very same where the step does not apply: a second press, a second operator, a late expiry
 * or an executor that was overtaken change nothing. `terms` are those of the approval the stage belongs to.
 */
export function advance(stage: Stage, step: Step, terms: Terms): Stage {
	switch (stage.kind) {
		case 'proposed':
			return step.kind === 'approve' ? approved(stage, step, terms) : closed(stage, step, terms);
		case 'approved':
			return step.kind === 'claim' ? claimed(stage, step, terms) : closed(stage, step, terms);
		case 'claimed':
			return leaving(stage, step, terms);
		case 'running':
			return ending(stage, step);
		case 'unknown':
			return late(stage, step);
		default:
			return stage;
	}
}

/** How many different people have to say yes. */
export function peopleFor({ tier }: Pick<Terms, 'tier'>): 1 | 2 {
	return tier === 4 ? 2 : 1;
}

/** Milliseconds since the epoch of an RFC 3339 time; not a number for what is none. */
function timeOf(step: Pick<Step, 'at'>): number {
	return Date.parse(step.at);
}

type In<Kind extends Stage['kind']> = Extract<Stage, { readonly kind: Kind }>;

function approved(stage: In<'proposed'>, step: Step, terms: Terms): Stage {
	if (!isInTime(step, terms) || step.contentHash !== terms.contentHash) return stage;
	if (!mayApprove(step.actor, stage.by, terms)) return stage;
	const by = [...stage.by, step.actor];
	return by.length < peopleFor(terms) ? { ...stage, by } : { kind: 'approved', by, epoch: 0 };
}

/** Above T1 only people approve; one person counts once, and whoever asked is never the second. */
function mayApprove(actor: Actor, by: readonly Actor[], { tier, requester }: Terms): boolean {
	if (tier > 1 && !isPerson(actor)) return false;
	if (by.some(({ id }) => id === actor.id)) return false;
	return by.length === 0 || actor.id !== requester;
}

function isPerson({ id }: Actor): boolean {
	return id.startsWith('uid:');
}

/** What ends it before anybody claimed it. */
function closed(stage: In<'proposed' | 'approved'>, step: Step, terms: Terms): Stage {
	if (step.kind === 'reject') {
		return { kind: 'rejected', by: step.actor, reason: textIn(step, 'reason') ?? '' };
	}
	if (step.kind === 'supersede') {
		return { kind: 'superseded', because: textIn(step, 'because') ?? '' };
	}
	if (step.kind === 'expire' && timeOf(step) >= terms.notAfter) return { kind: 'expired' };
	return stage;
}

function claimed(stage: In<'approved'>, step: Step, terms: Terms): Stage {
	const executor = textIn(step, 'executor');
	const epoch = numberIn(step, 'epoch');
	if (executor === undefined || epoch !== stage.epoch + 1) return stage;
	if (!isInTime(step, terms) || step.contentHash !== terms.contentHash) return stage;
	return { kind: 'claimed', by: stage.by, executor, epoch, leaseUntil: timeOf(step) + leaseMs };
}

/** Whoever begins passes the fence: of all claims of one approval only one ever becomes `running`. */
function leaving(stage: In<'claimed'>, step: Step, terms: Terms): Stage {
	const { by, executor, epoch, leaseUntil } = stage;
	if (numberIn(step, 'epoch') !== epoch) return stage;
	if (step.kind === 'release') {
		return timeOf(step) >= leaseUntil ? { kind: 'approved', by, epoch } : stage;
	}
	// A reason not to, found before the fence: nothing was begun.
	if (step.kind === 'end' && outcomeIn(step) === 'refused') return ended(stage, step, 'refused');
	if (textIn(step, 'executor') !== executor) return stage;
	if (step.kind !== 'intend' || step.contentHash !== terms.contentHash) return stage;
	if (!isInTime(step, terms) || timeOf(step) >= leaseUntil) return stage;
	return { kind: 'running', by, executor, epoch, startedAt: timeOf(step) };
}

/** Only the run itself tells how it ended; that it was lost anybody may say. */
function ending(stage: In<'running'>, step: Step): Stage {
	if (numberIn(step, 'epoch') !== stage.epoch) return stage;
	if (step.kind === 'lose') return ended(stage, step, 'unknown');
	const outcome = outcomeIn(step);
	if (step.kind !== 'end' || outcome === undefined) return stage;
	return ended(stage, step, outcome);
}

/** A result that came after all, or a person who looked. */
function late(stage: In<Outcome>, step: Step): Stage {
	if (step.kind === 'settle') {
		const note = textIn(step, 'note');
		return note && isPerson(step.actor) ? { kind: 'settled', by: step.actor, note } : stage;
	}
	if (step.kind !== 'end' || numberIn(step, 'epoch') !== stage.epoch) return stage;
	const outcome = outcomeIn(step);
	return outcome === 'ok' || outcome === 'failed' ? ended(stage, step, outcome) : stage;
}

function ended(
	stage: In<'claimed' | 'running' | Outcome>,
	step: Step,
	outcome: Outcome,
): In<Outcome> {
	const { by, epoch } = stage;
	const reason = textIn(step, 'reason');
	return {
		kind: outcome,
		by,
		epoch,
		...(stage.executor === undefined ? {} : { executor: stage.executor }),
		...(reason === undefined ? {} : { reason }),
		...('startedAt' in stage ? { startedAt: stage.startedAt } : {}),
		endedAt: timeOf(step),
	};
}

function isInTime(step: Step, { notAfter }: Terms): boolean {
	return timeOf(step) < notAfter;
}

const outcomes: readonly Outcome[] = ['ok', 'failed', 'refused', 'unknown'];

function outcomeIn(step: Step): Outcome | undefined {
	return outcomes.find((outcome) => outcome === step.detail['outcome']);
}
