import { roughly } from '../../core/ago.ts';
import type { Actor, Approval } from '../../core/approval.ts';
import type { Plan, Target, Undo } from '../../core/plan.ts';
import type { Tone } from '../cell.ts';

/** What is done to what: `k8s.isolate-pod payments/pay-7d9f`. Targets are the sender's words. */
export function subjectOf(plan: Plan): string {
	return `${deedOf(plan)} ${objectOf(plan)}`;
}

/** The targets by name; of a message, whose destination is its own name, what it tells. */
export function objectOf(plan: Plan): string {
	const names = namesOf(plan.targets);
	return names === deedOf(plan) ? (plan.steps[0]?.says ?? names) : names;
}

export function deedOf({ as, action }: Plan): string {
	return as ?? action;
}

function namesOf(targets: readonly Target[]): string {
	const [first, ...others] = targets.map(({ name }) => name);
	return others.length === 0 ? (first ?? '-') : `${first} and ${others.length} more`;
}

/** Targets with what is pinned of each: `payments/pay-7d9f (uid 4f2a9c10…, node web12)`. */
export function pinnedTargets({ targets }: Plan, most: number): string {
	return targets.map(({ name, pins }) => `${name}${pinsOf(pins, most)}`).join(', ');
}

function pinsOf(pins: Target['pins'], most: number): string {
	const each = Object.entries(pins).map(([key, value]) => `${key} ${shortened(value, most)}`);
	return each.length === 0 ? '' : ` (${each.join(', ')})`;
}

/** The beginning of what only machines compare. */
function shortened(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** `1 label …  2 NetworkPolicy …`; a single step has no number. */
export function stepsOf({ steps }: Plan): string {
	if (steps.length === 1) return steps[0]?.says ?? '';
	return steps.map(({ says }, at) => `${at + 1} ${says}`).join('  ');
}

export function undoSays(undo: Undo): { readonly says: string; readonly tone: Tone } {
	return 'none' in undo
		? { says: `none: ${undo.none}`, tone: 'bad' }
		: { says: undo.says, tone: 'plain' };
}

/** What takes it back, and when it is asked whether it has to be. */
export function wayBack({ undo, plan: { asksAfterMs } }: Approval): ReturnType<typeof undoSays> {
	const { says, tone } = undoSays(undo);
	if (asksAfterMs === undefined) return { says, tone };
	return { says: `${says} · asked after ${roughly(asksAfterMs)} if still needed`, tone };
}

/** Who asked for it: a rule with its version, or a person. */
export function fromWhom({ plan, requestedBy, origin }: Approval): string {
	if (plan.rule) return `rule ${plan.rule.id} v${plan.rule.version}`;
	return origin === 'undo' ? `undo, asked by ${requestedBy.name}` : requestedBy.name;
}

export function tierWord(tier: number): string {
	return tier === 4 ? 'T4↑' : `T${tier}`;
}

/** Nothing below T2 warns. */
export function tierTone(tier: number): Tone {
	if (tier < 2) return 'muted';
	return tier === 2 ? 'warn' : 'bad';
}

/** How long is left: `4:02`, `28:11`, `2h 05m`; `over` where nothing is. */
export function leftOf(notAfter: string, now: number): string {
	const seconds = Math.ceil((Date.parse(notAfter) - now) / 1000);
	if (seconds <= 0) return 'over';
	const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0')];
	if (minutes < 60) return `${minutes}:${rest}`;
	return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

export function namesOfActors(actors: readonly Actor[]): string {
	return actors.map(({ name }) => name).join(', ');
}
