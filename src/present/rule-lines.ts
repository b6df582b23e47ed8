import { roughly } from '../core/ago.ts';
import type { RuleInfo } from '../core/rule.ts';
import { blank, cell, fit, type Line, padded, type Tone } from './cell.ts';
import { filled, toned } from './line.ts';
import { grouped } from './number.ts';
import { hanging } from './wrap.ts';

type RuleColumn = 'mark' | 'id' | 'version' | 'state' | 'seen' | 'fired' | 'last' | 'match';
type Placed = { readonly name: RuleColumn; readonly width: number };

const captions = {
	mark: '',
	id: 'RULE',
	version: 'VERSION',
	state: 'STATE',
	seen: 'SEEN',
	fired: 'FIRED',
	last: 'LAST',
	match: 'MATCH',
} as const satisfies Record<RuleColumn, string>;

const numbers: ReadonlySet<RuleColumn> = new Set(['seen', 'fired']);

function columnsOf(available: number): readonly Placed[] {
	const version: Placed[] = available >= 76 ? [{ name: 'version', width: 9 }] : [];
	const behind: Placed[] = [
		{ name: 'state', width: 9 },
		{ name: 'seen', width: 8 },
		{ name: 'fired', width: 6 },
		{ name: 'last', width: 9 },
	];
	const fixed = [...version, ...behind].reduce((sum, { width }) => sum + width + 1, 4);
	const left = available - fixed;
	const id = left >= 60 ? 28 : left;
	const match: Placed[] = left >= 60 ? [{ name: 'match', width: left - 30 }] : [];
	return [{ name: 'mark', width: 1 }, { name: 'id', width: id }, ...version, ...behind, ...match];
}

export function ruleCaptions(columns: number): Line {
	return placed(columnsOf(columns), (name, width) =>
		padded(cell(captions[name], 'muted'), width, numbers.has(name) ? 'end' : 'start'),
	);
}

/** A rule as one line of the table. */
export function ruleLine(rule: RuleInfo, isSelected: boolean, now: number, columns: number): Line {
	const line = placed(columnsOf(columns), (name, width) => cellsOf(name, width, rule, now));
	const [, ...rest] = filled(line, columns);
	const shown = [cell(isSelected ? '›' : ' '), ...rest];
	return isSelected ? toned(shown, 'focus') : shown;
}

function cellsOf(name: RuleColumn, width: number, rule: RuleInfo, now: number): Line {
	const { mark, tone } = states[rule.state];
	switch (name) {
		case 'mark':
			return [cell(mark, tone)];
		case 'id':
			return fit(rule.id, width);
		case 'version':
			return fit(rule.version, width, 'muted');
		case 'state':
			return fit(rule.state, width, tone);
		case 'seen':
			return padded(cell(grouped(rule.seen), 'muted'), width, 'end');
		case 'fired':
			return padded(cell(grouped(rule.fired), rule.fired > 0 ? 'warn' : 'muted'), width, 'end');
		case 'last':
			return fit(lastOf(rule, now), width, 'muted');
		case 'match':
			return fit(rule.match, width, 'muted');
	}
}

const states = {
	on: { mark: '●', tone: 'good' },
	suspended: { mark: '◐', tone: 'bad' },
	broken: { mark: '○', tone: 'bad' },
} as const satisfies Record<RuleInfo['state'], { mark: string; tone: Tone }>;

function lastOf({ lastFiredAt }: RuleInfo, now: number): string {
	return lastFiredAt === undefined ? 'never' : roughly(now - lastFiredAt);
}

/** What a rule looks for, what it would suggest, and where it was written. */
export function ruleDetails(rule: RuleInfo, columns: number): readonly Line[] {
	const suggests = rule.suggests.map((says, at) => [at === 0 ? 'suggests' : '', says] as const);
	const pairs: (readonly [string, string, Tone?])[] = [
		...(rule.reason === undefined ? [] : [[rule.state, rule.reason, 'bad'] as const]),
		['match', rule.match],
		['says', rule.says],
		...suggests,
		['written', rule.origin, 'muted'],
		rule.hasSamples
			? ['samples', 'it has samples, and they agree', 'muted']
			: ['samples', 'none: nobody can tell whether it matches what it should', 'warn'],
	];
	return pairs.flatMap(([label, says, tone = 'plain']) =>
		hanging([blank(1), ...padded(cell(label, 'muted'), 11)], says, tone, columns - 1),
	);
}

function placed(columns: readonly Placed[], draw: (name: RuleColumn, width: number) => Line): Line {
	return [blank(1), ...columns.flatMap(({ name, width }) => [...draw(name, width), blank(1)])];
}
