import { type Cell, cell, type Line, type Tone } from './cell.ts';
import { fitting, widthOf } from './line.ts';
import { grouped } from './number.ts';

type Paused = { readonly at: string; readonly below: number; readonly criticalBelow: number };

export type StripFacts = {
	/** Where the list stands still, and what arrived since; undefined while it follows. */
	readonly paused: Paused | undefined;
	/** How to follow again: `G or space`. */
	readonly liveKeys: string;
	/** Sentences on how far what is shown lies behind what is. */
	readonly staleness: readonly string[];
};

/** The rule under the list: whether it follows, what arrived below, how fresh what one sees is. */
export function stripLine({ paused, liveKeys, staleness }: StripFacts, columns: number): Line {
	const tone = paused === undefined ? 'muted' : 'warn';
	const start =
		paused === undefined
			? ruled([cell('live', 'good')], tone)
			: pausedLine(paused, liveKeys, columns);
	const right = fitting(
		staleness.map((says) => [cell(says, 'warn')]),
		' · ',
		columns - widthOf(start) - 6,
	);
	const end = right.length === 0 ? [] : [cell(' '), ...right, cell(' ──', tone)];
	const room = columns - widthOf(start) - widthOf(end);
	return [...start, cell('─'.repeat(Math.max(0, room)), tone), ...end];
}

/** The hint yields first, then how bad it is below; that the list stands still never does. */
function pausedLine(paused: Paused, liveKeys: string, columns: number): Line {
	const { at, below, criticalBelow } = paused;
	const says = cell(`paused at ${at}`, 'warn');
	const count = `${grouped(below)} new below`;
	const tone = criticalBelow > 0 ? 'bad' : 'warn';
	const critical = criticalBelow > 0 ? ` (${grouped(criticalBelow)} CRIT)` : '';
	const whole = [says, cell(`${count}${critical}`, tone), cell(`${liveKeys}: live again`)];
	const brief = [says, cell(`${count}${critical}`, tone), cell(`${liveKeys}: live`)];
	const lines = [whole, brief, brief.slice(0, 2), [says]].map((parts) => ruled(parts, 'warn'));
	return lines.find((line) => widthOf(line) <= columns) ?? ruled([says], 'warn');
}

/** Each part between pieces of rule: `── live ──`. */
function ruled(parts: readonly Cell[], tone: Tone): Line {
	const between = parts.flatMap((part) => [cell(' '), part, cell(' '), cell('──', tone)]);
	return [cell('──', tone), ...between];
}
