import { fittingCard } from './card/card-lines.ts';
import type { CardFacts } from './card/fields.ts';
import { subjectOf, tierWord, undoSays } from './card/words.ts';
import { atMost, blank, cell, type Line } from './cell.ts';
import { titleRule } from './frame.ts';
import { spread, widthOf } from './line.ts';

export type GraceFacts = CardFacts & {
	/** How long the bar has stood; undefined while it does not count yet. */
	readonly spanMs: number | undefined;
	readonly graceMs: number;
	/** False where the plan is longer than the screen: it will not run from here. */
	readonly isWhole: boolean;
	/** The key that does not wait. */
	readonly nowKey: string;
};

/** Lines under the card. */
export const graceRows = 3;
const BAR = 20;

/** A T2 the operator asked for: its card, and the bar that runs down before it is done. */
export function graceLines(
	facts: GraceFacts,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const card = fittingCard(facts, { rows: rows - graceRows, columns });
	const says = facts.isWhole
		? `${facts.nowKey} now · any other key cancels`
		: 'the plan is longer than this screen and will not run from here · Esc';
	return [
		...card.lines,
		titleRule([cell('asked for by you', 'warn')], [], columns),
		barLine(facts, columns),
		[blank(1), cell(says, facts.isWhole ? 'plain' : 'warn')],
	];
}

/** ` lockdown web12 · T2 · undo unlock-host    runs in 2.1 s [##########.....] ` */
function barLine({ approval, spanMs = 0, graceMs }: GraceFacts, columns: number): Line {
	const left = Math.max(0, graceMs - spanMs);
	const done = Math.round((BAR * (graceMs - left)) / graceMs);
	const bar = `[${'#'.repeat(done)}${'.'.repeat(BAR - done)}]`;
	const right = [
		cell(`runs in ${(left / 1000).toFixed(1)} s `, 'warn'),
		cell(bar, 'warn'),
		blank(1),
	];
	const { plan, undo } = approval;
	const says = `${subjectOf(plan)} · ${tierWord(plan.tier)} · undo ${undoSays(undo).says}`;
	return spread([blank(1), atMost(says, columns - widthOf(right) - 2)], right, columns);
}
