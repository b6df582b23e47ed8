import { atMost, blank, cell, type Line } from './cell.ts';
import { joined, spread, widthOf } from './line.ts';
import { grouped } from './number.ts';

type ChipFacts = {
	readonly text: string;
	readonly isNegated: boolean;
	/** Whether it counts: set aside, all show and the chips stay. */
	readonly isOn: boolean;
};

export type FilterFacts = {
	readonly chips: readonly ChipFacts[];
	/** Undefined until something was counted. */
	readonly matches:
		| { readonly matched: number; readonly held: number; readonly isComplete: boolean }
		| undefined;
	/** The key that opens the prompt. */
	readonly key: string;
};

const CHIP_MOST = 32;

/** The filter in force: ` / src:salt  sev>=warn      412 of 18 204 `. */
export function filterLine({ chips, matches, key }: FilterFacts, columns: number): Line {
	const right = matches === undefined ? [] : [...matchCells(matches), blank(1)];
	const left = [blank(1), cell(key, 'accent'), blank(1)];
	const room = columns - widthOf(right) - widthOf(left) - 2;
	return spread([...left, ...chipCells(chips, room)], right, columns);
}

/** As many chips as fit; how many more there are is never left out. */
function chipCells(chips: readonly ChipFacts[], room: number): Line {
	if (chips.length === 0) return [cell('all events', 'muted')];
	const off = chips.every(({ isOn }) => !isOn) ? [[cell('off', 'warn')]] : [];
	for (let count = chips.length; count > 0; count -= 1) {
		const more = count < chips.length ? [[cell(`+${chips.length - count} more`, 'muted')]] : [];
		const line = joined([...chips.slice(0, count).map(chipCell), ...more, ...off], '  ');
		if (widthOf(line) <= room || count === 1) return line;
	}
	return [];
}

function chipCell({ text, isNegated, isOn }: ChipFacts): Line {
	if (!isOn) return [atMost(text, CHIP_MOST, 'muted')];
	return [atMost(text, CHIP_MOST, isNegated ? 'warn' : 'accent')];
}

/** `412 of 18 204`, or `≥ 412` while it is being counted. */
function matchCells({ matched, held, isComplete }: NonNullable<FilterFacts['matches']>): Line {
	const sign = isComplete ? '' : '≥ ';
	return [cell(`${sign}${grouped(matched)}`), cell(` of ${grouped(held)}`, 'muted')];
}
