import { roughly } from '../core/ago.ts';
import type { SourceState } from '../core/session.ts';
import { atMost, cell, fit, type Line, padded, type Tone } from './cell.ts';
import { linkMark, linkWords } from './header.ts';
import { filled, toned } from './line.ts';
import { counted, grouped, perSecond } from './number.ts';
import { hanging } from './wrap.ts';

const NAME = 12;
const KIND = 8;
const NUMBERS = [
	{ caption: 'RATE', width: 9, of: (source: SourceState) => perSecond(source.rate) },
	{ caption: 'EVENTS', width: 11, of: (source: SourceState) => grouped(source.received) },
	{ caption: 'DROPPED', width: 8, of: (source: SourceState) => grouped(source.dropped) },
	{ caption: 'GAPS', width: 5, of: (source: SourceState) => grouped(source.gaps) },
	{ caption: 'BROKEN', width: 7, of: (source: SourceState) => grouped(source.broken) },
] as const;

/** The captions of the table of sources. */
export function sourceCaptions(columns: number): Line {
	const line = [
		cell('   '),
		...fit('SOURCE', NAME + 1, 'muted'),
		...fit('KIND', KIND + 1, 'muted'),
		...numbersFitting(columns).flatMap(({ caption, width }) =>
			padded(cell(caption, 'muted'), width, 'end'),
		),
		cell('  STATE', 'muted'),
	];
	return filled(line, columns);
}

/** A source as one line of the table. */
export function sourceLine(
	source: SourceState,
	isSelected: boolean,
	now: number,
	columns: number,
): Line {
	const { mark, tone } = linkMark(source);
	const numbers = numbersFitting(columns);
	const taken = 3 + NAME + 1 + KIND + 1 + numbers.reduce((sum, { width }) => sum + width, 0) + 2;
	const line = filled(
		[
			cell(isSelected ? '›' : ' '),
			cell(`${mark} `, tone),
			...fit(source.name, NAME),
			cell(' '),
			...fit(source.kind, KIND, 'muted'),
			cell(' '),
			...numbers.flatMap(({ of, width, caption }) =>
				padded(cell(of(source), numberTone(caption, of(source))), width, 'end'),
			),
			cell('  '),
			atMost(linkWords(source, now), columns - taken, tone),
		],
		columns,
	);
	return isSelected ? toned(line, 'focus') : line;
}

/** What a row of the table has no room for: where it is attached, what went wrong, how fresh it is. */
export function sourceDetails(source: SourceState, now: number, columns: number): readonly Line[] {
	const pairs: (readonly [string, string, Tone])[] = [
		['attached to', source.target, 'plain'],
		['state', stateWords(source, now), linkMark(source).tone],
	];
	pairs.push(['events', `${grouped(source.received)}, now ${perSecond(source.rate)}`, 'plain']);
	pairs.push(['last event', lastEvent(source, now), 'plain']);
	if (source.gaps > 0)
		pairs.push([
			'gaps',
			`${counted(source.gaps, 'time')} it was not heard; each is a row of the list`,
			'warn',
		]);
	if (source.dropped > 0)
		pairs.push([
			'dropped',
			`${counted(source.dropped, 'event')} on our side, for want of room`,
			'bad',
		]);
	pairs.push([
		'fire',
		source.canFire ? 'events can be fired into it' : 'it can only be read',
		'muted',
	]);
	return pairs.flatMap(([key, says, tone]) => {
		const head = [cell(' '), ...fit(key, 11, 'muted'), cell('  ')];
		return hanging(head, says, tone, columns - 1);
	});
}

/** A link's state with its reason, where it has one. */
function stateWords(source: SourceState, now: number): string {
	const { link } = source;
	const reason = link.kind === 'waiting' || link.kind === 'down' ? `: ${link.reason}` : '';
	return `${linkWords(source, now)}${reason}`;
}

function lastEvent({ lastAt, behindMs }: SourceState, now: number): string {
	if (lastAt === undefined) return 'none yet';
	const behind =
		behindMs !== undefined && behindMs >= 5000 ? `, ${roughly(behindMs)} behind its own clock` : '';
	return `${roughly(now - lastAt)} ago${behind}`;
}

function numberTone(caption: string, text: string): Tone {
	if (text === '0') return 'muted';
	return caption === 'DROPPED' || caption === 'BROKEN'
		? 'bad'
		: caption === 'GAPS'
			? 'warn'
			: 'plain';
}

/** The last numbers yield first: a state in words is worth more than a zero. */
function numbersFitting(columns: number): readonly (typeof NUMBERS)[number][] {
	const room = columns - (3 + NAME + 1 + KIND + 1 + 2 + 14);
	let taken = 0;
	return NUMBERS.filter(({ width }) => {
		taken += width;
		return taken <= room;
	});
}
