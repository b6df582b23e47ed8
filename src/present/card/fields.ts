import type { Approval } from '../../core/approval.ts';
import { foreignLetters } from '../../core/look-alike.ts';
import type { DryRun } from '../../core/plan.ts';
import { atMost, blank, cell, type Line, padded, type Tone } from '../cell.ts';
import { counted } from '../number.ts';
import { hanging } from '../wrap.ts';
import {
	fromWhom,
	namesOfActors,
	pinnedTargets,
	stepsOf,
	subjectOf,
	tierWord,
	wayBack,
} from './words.ts';

export type CardFacts = {
	readonly approval: Approval;
	/** What policy says of it, if it says anything. */
	readonly limit: string | undefined;
	/** Milliseconds since the epoch. */
	readonly now: number;
};

/** A card's line or paragraph under a word of its own. */
export type CardField = {
	readonly label: string;
	/** May quote hostile text. */
	readonly says: string;
	readonly tone: Tone;
	/** Without it on the screen nobody can say yes. */
	readonly isNeeded: boolean;
};

const LABEL = 10;
const PIN_BRIEF = 8;

/** What has to be known before a yes, each in a sentence; with room also what rehearsal and policy say of it. */
export function briefFields(facts: CardFacts, isRoomy = false): readonly CardField[] {
	const { approval, limit } = facts;
	const { plan } = approval;
	const undo = wayBack(approval);
	return [
		needed('evidence', evidenceSays(approval)),
		needed('plan', stepsOf(plan)),
		needed('targets', [pinnedTargets(plan, PIN_BRIEF), ...plan.blast].join(' · ')),
		...disguiseFields(plan),
		...(plan.notes ?? []).map((says) => needed('note', says, 'warn')),
		...(plan.dryRun && (isRoomy || !plan.dryRun.isGood) ? [dryRunField(plan.dryRun)] : []),
		needed('undo', undo.says, undo.tone),
		...consentFields(facts),
		...(isRoomy && limit !== undefined ? [told('policy', limit)] : []),
		...whyFields(approval),
		...(isRoomy ? [told('same as', plan.command, 'muted')] : []),
	];
}

/** The same with all that there is to know: each step with its command, whole pins, policy. */
export function wholeFields(facts: CardFacts): readonly CardField[] {
	const { approval, limit } = facts;
	const { plan } = approval;
	const undo = wayBack(approval);
	return [
		needed('evidence', evidenceSays(approval)),
		...plan.steps.flatMap(({ says, command }, at) => [
			needed(at === 0 ? 'plan' : '', `${at + 1} ${says}`),
			told('', command, 'muted'),
		]),
		needed('targets', pinnedTargets(plan, Number.POSITIVE_INFINITY)),
		...disguiseFields(plan),
		...(plan.blast.length > 0 ? [needed('blast', plan.blast.join(' · '))] : []),
		...(plan.notes ?? []).map((says) => needed('note', says, 'warn')),
		...(plan.dryRun ? [dryRunField(plan.dryRun)] : []),
		needed('undo', undo.says, undo.tone),
		...consentFields(facts),
		...(limit === undefined ? [] : [told('policy', limit)]),
		...whyFields(approval),
		told('same as', plan.command, 'muted'),
	];
}

/** A field as it stands in at most `columns`, its further lines under the first. */
export function fieldLines({ label, says, tone }: CardField, columns: number): readonly Line[] {
	return hanging(head(label), says, tone, columns - 1);
}

/** A field in one line; a cut says how much is missing. */
export function fieldLine({ label, says, tone }: CardField, columns: number): Line {
	const begin = head(label);
	return [...begin, atMost(says, columns - 2 - LABEL - 1, tone)];
}

function head(label: string): Line {
	return [blank(2), ...padded(cell(label, 'muted'), LABEL)];
}

function needed(label: string, says: string, tone: Tone = 'plain'): CardField {
	return { label, says, tone, isNeeded: true };
}

function told(label: string, says: string, tone: Tone = 'plain'): CardField {
	return { label, says, tone, isNeeded: false };
}

/** Who approves sees that a name is not what it seems, whatever the font draws. */
function disguiseFields({ targets }: Approval['plan']): readonly CardField[] {
	return targets.flatMap(({ name }) => {
		const letters = foreignLetters(name);
		if (letters.length === 0) return [];
		return [needed('▲ name', `${name} holds ${letters.join(' ')}: no Latin letter`, 'bad')];
	});
}

function evidenceSays({ plan, repeats, requestedBy }: Approval): string {
	const { evidence } = plan;
	if (evidence.length === 0) return `none: ${requestedBy.name} asked for it`;
	const again = repeats > 0 ? [`seen again ${repeats}×`] : [];
	const says = evidence.map((one) => one.says);
	return [...(says.length > 1 ? [counted(says.length, 'event')] : []), ...says, ...again].join(
		' · ',
	);
}

function dryRunField({ isGood, says }: DryRun): CardField {
	return told('dry run', `${isGood ? 'ok' : 'FAILED'} · ${says}`, isGood ? 'plain' : 'bad');
}

/** What waits beside it: `x  host.lockdown web12 (T2)`. */
export function otherFields({
	others,
	othersKey,
}: {
	readonly others: readonly Approval[];
	readonly othersKey: string;
}): readonly CardField[] {
	if (others.length === 0) return [];
	const says = others.map(({ plan }) => `${subjectOf(plan)} (${tierWord(plan.tier)})`).join(' · ');
	return [told(`also (${othersKey})`, says)];
}

/** What a yes takes beside this one key. */
function consentFields({ approval: { plan, stage } }: CardFacts): readonly CardField[] {
	if (plan.tier < 4) return [];
	const by = stage.kind === 'proposed' ? stage.by : [];
	const says =
		by.length === 0
			? 'two people have to say yes; one console alone cannot'
			: `${namesOfActors(by)} said yes; it waits for a second person at another console`;
	return [needed('consent', `${tierWord(plan.tier)} ${says}`, 'warn')];
}

function whyFields(approval: Approval): readonly CardField[] {
	const { why } = approval;
	return [told('why', why === undefined ? fromWhom(approval) : `${fromWhom(approval)}: ${why}`)];
}
