import type { EventRow } from '../core/session.ts';
import { blank, cell, type Line, padded } from './cell.ts';
import { widthOf } from './line.ts';
import { milliseconds } from './time.ts';

const SKEW_FROM_MS = 5000;

/** How many rows stand behind it, how many parts failed, how far its clock is from ours: `×6`, `✗3`, `~8s`. */
export function badgeCells({ facts, time, arrived, fold }: EventRow, width: number): Line {
	const { failed = 0 } = facts;
	if (fold) return padded(cell(fold.count > 99 ? '>99' : `×${fold.count}`, 'accent'), width, 'end');
	if (failed > 0) return padded(cell(`✗${Math.min(failed, 99)}`, 'bad'), width, 'end');
	const skewMs = Math.abs(milliseconds(arrived - time));
	if (skewMs <= SKEW_FROM_MS) return [blank(width)];
	return padded(cell(oneDigit(skewMs), 'warn'), width, 'end');
}

/** `⚑` at the right edge; beside it how many stand behind it, or how many parts failed, where there is room. */
export function flagCells({ facts: { failed = 0 }, fold }: EventRow, width: number): Line {
	const behind = fold && [cell(fold.count > 9 ? '×+' : `×${fold.count}`, 'accent')];
	const count = behind ?? (failed > 0 && failed < 10 ? [cell(`✗${failed}`, 'bad')] : []);
	return [blank(width - 1 - widthOf(count)), ...count, cell('⚑', 'accent')];
}

const units = [
	{ name: 'd', ms: 86_400_000 },
	{ name: 'h', ms: 3_600_000 },
	{ name: 'm', ms: 60_000 },
	{ name: 's', ms: 1000 },
] as const;

/** A length of time in three columns: `~8s`, `~4m`, and `>9m` from ten of a unit on. */
function oneDigit(ms: number): string {
	const unit = units.find((candidate) => ms >= candidate.ms) ?? units[3];
	const count = Math.floor(ms / unit.ms);
	return count > 9 ? `>9${unit.name}` : `~${count}${unit.name}`;
}
