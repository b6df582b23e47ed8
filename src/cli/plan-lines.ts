import { roughly } from '../core/ago.ts';
import type { Plan } from '../core/plan.ts';

/** A plan as a person reads it. The text may quote hostile names: `safeText` before a screen. */
export function planLines(plan: Plan): readonly string[] {
	const { dryRun, undo } = plan;
	return [
		`${plan.as ?? plan.action}  T${plan.tier}`,
		...plan.targets.map(({ name, pins }) => `target    ${[name, ...pinned(pins)].join('  ')}`),
		...plan.steps.flatMap(({ says, command }, at) => [
			`step ${String(at + 1).padEnd(4)} ${says}`,
			`          ${command}`,
		]),
		...plan.blast.map((says) => `blast     ${says}`),
		...(plan.notes ?? []).map((says) => `note      ${says}`),
		...(dryRun
			? [`dry run   ${dryRun.says}`, ...dryRun.lines.map((line) => `          ${line}`)]
			: []),
		`undo      ${'none' in undo ? `none: ${undo.none}` : undo.says}`,
		...(plan.asksAfterMs === undefined
			? []
			: [`asks      after ${roughly(plan.asksAfterMs)} whether it is still needed`]),
		`same as   ${plan.command}`,
	];
}

function pinned(pins: Readonly<Record<string, string>>): string[] {
	return Object.entries(pins).map(([name, value]) => `${name} ${value}`);
}
