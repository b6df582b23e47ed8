import type { DryRun, Evidence, Plan, PlanPart, PlanStep, Target, Undo } from './plan.ts';

/** A value that was stored as a plan, or undefined where it cannot be one. */
export function planIn(value: unknown): Plan | undefined {
	return isPlan(value) ? value : undefined;
}

/** A value that was stored as a way back, or undefined where it cannot be one. */
export function undoIn(value: unknown): Undo | undefined {
	return isUndo(value) ? value : undefined;
}

const noTime = new Date(0).toISOString();

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
	return Array.isArray(value) && value.every(isItem);
}

function isOptional(value: unknown, isIt: (value: unknown) => boolean): boolean {
	return value === undefined || isIt(value);
}

function isPlan(value: unknown): value is Plan {
	return (
		isFields(value) &&
		[value['action'], value['run'], value['command'], value['notAfter']].every(isText) &&
		!Number.isNaN(Date.parse(String(value['notAfter']))) &&
		typeof value['version'] === 'number' &&
		[0, 1, 2, 3, 4].some((tier) => tier === value['tier']) &&
		isFields(value['params']) &&
		isListOf(value['targets'], isTarget) &&
		isListOf(value['steps'], isStep) &&
		isListOf(value['blast'], isText) &&
		isUndo(value['undo']) &&
		isListOf(value['evidence'], isEvidence) &&
		isOptional(value['as'], isText) &&
		isOptional(value['asksAfterMs'], (ms) => typeof ms === 'number') &&
		isOptional(value['rule'], isRule) &&
		isOptional(value['dryRun'], isDryRun) &&
		isOptional(value['notes'], (notes) => isListOf(notes, isText)) &&
		isOptional(value['parts'], (parts) => isListOf(parts, isPart))
	);
}

/** A part's own evidence and expiry are those of the whole: it need not have them. */
function isPart(value: unknown): value is PlanPart {
	if (!isFields(value) || !isText(value['id'])) return false;
	const { plan } = value;
	return plan === undefined || (isFields(plan) && isPlan({ ...plan, notAfter: noTime }));
}

function isTarget(value: unknown): value is Target {
	return (
		isFields(value) &&
		isText(value['name']) &&
		isFields(value['pins']) &&
		Object.values(value['pins']).every(isText)
	);
}

function isStep(value: unknown): value is PlanStep {
	return isFields(value) && isText(value['says']) && isText(value['command']);
}

function isUndo(value: unknown): value is Undo {
	if (!isFields(value)) return false;
	if ('none' in value) return isText(value['none']);
	return isText(value['action']) && isText(value['says']) && isFields(value['params']);
}

function isEvidence(value: unknown): value is Evidence {
	return isFields(value) && isText(value['ref']) && isText(value['says']);
}

function isRule(value: unknown): boolean {
	return isFields(value) && isText(value['id']) && isText(value['version']);
}

function isDryRun(value: unknown): value is DryRun {
	return (
		isFields(value) &&
		typeof value['isGood'] === 'boolean' &&
		isText(value['says']) &&
		isListOf(value['lines'], isText)
	);
}
