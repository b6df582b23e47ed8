import { canonicalJson } from '../codec/canonical.ts';
import type { Deed, DryRun, JsonObject, Plan, PlanPart, PlanStep, Target } from '../core/plan.ts';
import { highest, type Tier } from '../core/tier.ts';
import type { Tools } from '../core/tools.ts';
import type { Names } from './names.ts';
import { isWanted, planTurn, turnsOf } from './plan-leaf.ts';
import { type Ask, type Item, type Leaf, leavesOf, type Playbook } from './playbook.ts';
import { type Done, doneIn, itemsOfNow, namesAtStart } from './start.ts';
import { undoOfAll } from './undo-list.ts';

/** The parts of one go, with what is left out of it in words. */
type Drafted = { readonly parts: PlanPart[]; readonly notes: string[] };

/** The deed of a playbook: every step planned and pinned, but those that only tell what the others did. */
export async function planPlaybook(
	playbook: Playbook,
	params: JsonObject,
	tools: Tools,
	stop: AbortSignal,
): Promise<Deed> {
	const done = doneIn(params);
	const names = namesAtStart(playbook, params, tools);
	const { items, rest } = itemsOfNow(playbook, done);
	const drafted: Drafted = { parts: [], notes: doneNotes(done) };
	for (const leaf of [...items.flatMap(leavesOf), ...playbook.last]) {
		if (!Object.hasOwn(done, leaf.id)) await draft(leaf, names, tools, stop, drafted);
	}
	const notes = [...drafted.notes, ...restNotes(rest, names)];
	return together(playbook, params, drafted.parts, notes, tierOf(playbook, done, drafted.parts));
}

async function draft(
	leaf: Leaf,
	names: Names,
	tools: Tools,
	stop: AbortSignal,
	{ parts, notes }: Drafted,
): Promise<void> {
	if (leaf.isLate) {
		parts.push({ id: leaf.id });
		return;
	}
	for (const turn of turnsOf(leaf, names)) {
		if (!leaf.isWhenLate && !isWanted(turn.id, leaf.when, turn.names)) {
			notes.push(`${turn.id} is left out: its condition does not hold`);
			continue;
		}
		const run = `${tools.run}-${parts.length + 1}`;
		parts.push({ id: turn.id, plan: await planTurn(leaf, turn, { ...tools, run }, stop) });
	}
}

function together(
	playbook: Playbook,
	params: JsonObject,
	parts: readonly PlanPart[],
	notes: readonly string[],
	tier: Tier,
): Deed {
	const plans = parts.flatMap(({ plan }) => (plan === undefined ? [] : [plan]));
	const undos = parts.flatMap(({ id, plan }) =>
		plan === undefined ? [] : [{ id, undo: plan.undo }],
	);
	const dryRun = dryRunOf(parts);
	const told = [...notes, ...plans.flatMap((plan) => plan.notes ?? [])];
	return {
		params,
		targets: distinctTargets(plans),
		steps: parts.flatMap((part) => stepsOf(playbook, part)),
		blast: [...new Set(plans.flatMap(({ blast }) => blast))],
		undo: undoOfAll(playbook.name, undos, {}),
		tier,
		...(dryRun && { dryRun }),
		...(told.length > 0 && { notes: told }),
		parts,
	};
}

/** The steps that a part shows; one that is planned later shows one. */
export function stepsOf(playbook: Playbook, { id, plan }: PlanPart): readonly PlanStep[] {
	if (plan !== undefined)
		return plan.steps.map(({ says, command }) => ({ says: `${id}: ${says}`, command }));
	const leaf = [...playbook.items.flatMap(leavesOf), ...playbook.last].find((one) => one.id === id);
	const title = leaf?.entry.action.title ?? '';
	return [
		{
			says: `${id}: ${title}, with what the steps before it give`,
			command: `eventctl run ${leaf?.name}`,
		},
	];
}

function tierOf({ tier, items }: Playbook, done: Done, parts: readonly PlanPart[]): Tier {
	const needsTwo = items.some(
		(item) => item.kind === 'approve' && item.people === 2 && Object.hasOwn(done, item.id),
	);
	return highest(needsTwo ? 4 : tier, ...parts.map(({ plan }) => plan?.tier));
}

/** What is changed; where nothing is, what is looked at and told. */
function distinctTargets(plans: readonly Plan[]): readonly Target[] {
	const changing = plans.filter(({ tier }) => tier > 1);
	const targets = (changing.length > 0 ? changing : plans).flatMap((plan) => plan.targets);
	return [...new Map(targets.map((target) => [canonicalJson(target), target])).values()];
}

function dryRunOf(parts: readonly PlanPart[]): DryRun | undefined {
	const runs = parts.flatMap(({ id, plan }) => (plan?.dryRun ? [{ id, ...plan.dryRun }] : []));
	if (runs.length === 0) return undefined;
	return {
		isGood: runs.every(({ isGood }) => isGood),
		says: runs.map(({ id, says }) => `${id}: ${says}`).join('; '),
		lines: runs.flatMap(({ id, lines }) => [`${id}:`, ...lines]),
	};
}

function doneNotes(done: Done): string[] {
	const ids = Object.keys(done);
	return ids.length === 0 ? [] : [`done before: ${ids.join(', ')}`];
}

function restNotes(rest: readonly Item[], names: Names): readonly string[] {
	const [pause] = rest;
	if (pause?.kind !== 'approve') return [];
	const later = rest.flatMap(leavesOf).map(({ id, name }) => `${id} (${name})`);
	return [`then asks ${promptOf(pause, names)}; only after that yes: ${later.join(', ')}`];
}

/** A prompt may need what steps before it give: until then it is named by its id. */
export function promptOf({ id, prompt }: Ask, names: Names): string {
	try {
		return String(prompt.fill(names.lookup));
	} catch {
		return id;
	}
}
