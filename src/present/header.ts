import { roughly } from '../core/ago.ts';
import type { Link } from '../core/link.ts';
import type { SourceState } from '../core/session.ts';
import { atMost, blank, cell, type Line, padded, type Tone } from './cell.ts';
import { joined, spread, widthOf } from './line.ts';
import { grouped, perSecond } from './number.ts';

export type HeaderFacts = {
	readonly profile: string | undefined;
	/** Undefined until the engine has told of itself: then nothing is said of rates and the buffer either. */
	readonly sources: readonly SourceState[] | undefined;
	readonly isPaused: boolean;
	readonly isReadOnly: boolean;
	/** What the filter hides is not kept either. */
	readonly isOnly: boolean;
	readonly rate: number;
	readonly held: number;
	readonly capacity: number;
	/** Events lost on our side: never hidden. */
	readonly dropped: number;
	/** What waits for a yes, and what runs. */
	readonly suggestions: number;
	readonly runs: number;
	/** Runs nobody knows the end of. */
	readonly unknown: number;
	readonly who: string;
	readonly zone: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
};

const PROFILE_MOST = 16;
const NAME_MOST = 16;
/** Rates have a width of their own, so that what stands beside them does not jump. */
const RATE = 6;
const SOURCE_RATE = 5;

/** How much the header says: it takes the most that fits. */
const depths = ['all', 'words', 'marks', 'counts'] as const;
type Depth = (typeof depths)[number];

export function headerLine(facts: HeaderFacts, columns: number): Line {
	for (const depth of depths) {
		const left = leftOf(facts, depth);
		const right = rightOf(facts, depth);
		if (widthOf(left) + widthOf(right) + 2 <= columns) return spread(left, right, columns);
	}
	return spread(leftOf(facts, 'counts'), [], columns);
}

function leftOf(facts: HeaderFacts, depth: Depth): Line {
	return [
		cell(' '),
		...joined([profile(facts), links(facts, depth)], depth === 'all' ? ' │ ' : '  '),
	];
}

function rightOf(facts: HeaderFacts, depth: Depth): Line {
	const parts = [
		flow(facts),
		buffer(facts, depth),
		responses(facts),
		limits(facts),
		who(facts, depth),
		zone(facts),
	];
	return [...joined(parts, depth === 'all' ? ' │ ' : '  '), cell(' ')];
}

/** Production stands out by its word as much as by its colour. */
function profile({ profile: name }: HeaderFacts): Line {
	if (name === undefined) return [];
	const [first = '', ...rest] = name.split(/(?<=^prod(?:uction)?)[-_ ]/i);
	if (!/^prod(uction)?$/i.test(first)) return [atMost(name, PROFILE_MOST, 'accent')];
	const place = rest.length === 0 ? [] : [blank(1), atMost(rest.join('-'), PROFILE_MOST)];
	return [cell(first.toUpperCase(), 'alarm'), ...place];
}

function links({ sources, now }: HeaderFacts, depth: Depth): Line {
	if (sources === undefined) return [cell('starting', 'muted')];
	if (sources.length === 0) return [cell('no source', 'warn')];
	if (depth === 'counts') return linkCounts(sources);
	return joined(
		sources.map((source) => sourceLink(source, depth, now)),
		depth === 'all' ? '  ' : ' ',
	);
}

function sourceLink(source: SourceState, depth: Depth, now: number): Line {
	const { mark, tone } = linkMark(source);
	const name = [atMost(source.name, NAME_MOST), cell(mark, tone)];
	if (source.link.kind === 'live' && !source.isPaused) {
		return depth === 'all'
			? [...name, blank(1), ...padded(cell(perSecond(source.rate), 'muted'), SOURCE_RATE)]
			: name;
	}
	if (depth === 'marks') return name;
	return [
		...name,
		cell(depth === 'all' ? ` ${linkWords(source, now)}` : linkWord(source, now), tone),
	];
}

function linkCounts(sources: readonly SourceState[]): Line {
	const counts = Map.groupBy(sources, (source) => linkMark(source).mark);
	return joined(
		[...counts].map(([mark, those]) => [
			cell(`${those.length}${mark}`, those[0] ? linkMark(those[0]).tone : 'muted'),
		]),
		' ',
	);
}

/** A link's state as a mark; what stands beside it says the same in words. */
export function linkMark({ link, isPaused }: SourceState): { mark: string; tone: Tone } {
	if (isPaused) return { mark: '○', tone: 'muted' };
	return marks[link.kind];
}

const marks = {
	live: { mark: '●', tone: 'good' },
	connecting: { mark: '◐', tone: 'warn' },
	'catching-up': { mark: '◐', tone: 'warn' },
	waiting: { mark: '◐', tone: 'warn' },
	stale: { mark: '◐', tone: 'warn' },
	down: { mark: '○', tone: 'bad' },
} as const satisfies Record<Link['kind'], { mark: string; tone: Tone }>;

/** A link's state in a word or two: `live`, `catching up, 4,200 behind`, `retry in 3 s (4th try)`, `silent for 40 s`. */
export function linkWords({ link, isPaused }: SourceState, now: number): string {
	if (isPaused) return 'paused';
	if (link.kind === 'catching-up') return `catching up, ${grouped(link.behind)} behind`;
	if (link.kind === 'stale') return `silent for ${roughly(now - link.since)}`;
	if (link.kind !== 'waiting') return link.kind;
	const tries = link.attempt === undefined ? '' : ` (try ${link.attempt})`;
	return `retry in ${roughly(link.retryAt - now)}${tries}`;
}

function linkWord({ link, isPaused }: SourceState, now: number): string {
	if (isPaused) return 'paused';
	if (link.kind === 'catching-up') return `${grouped(link.behind)} behind`;
	if (link.kind === 'stale') return `silent ${roughly(now - link.since)}`;
	if (link.kind === 'waiting') return roughly(link.retryAt - now).replace(' ', '');
	return link.kind === 'down' ? 'down' : '';
}

function flow({ sources, isPaused, rate, dropped }: HeaderFacts): Line {
	const says = isPaused ? cell('PAUSED', 'warn') : cell('LIVE', 'good');
	if (sources === undefined) return [says];
	const lost = dropped > 0 ? [cell(`  dropped ${grouped(dropped)}`, 'bad')] : [];
	return [says, blank(1), ...padded(cell(perSecond(rate)), RATE), ...lost];
}

function buffer({ sources, held, capacity }: HeaderFacts, depth: Depth): Line {
	if (depth !== 'all' || sources === undefined) return [];
	return [cell(`buffer ${grouped(held)}/${grouped(capacity)}`, 'muted')];
}

/** `⚑3 ▶1 ?1`: never left out while there is something. */
function responses({ suggestions, runs, unknown }: HeaderFacts): Line {
	const flags = suggestions > 0 ? [cell(`⚑${suggestions}`, 'warn')] : [];
	const running = runs > 0 ? [cell(`▶${runs}`, 'good')] : [];
	const lost = unknown > 0 ? [cell(`?${unknown}`, 'alarm')] : [];
	return joined([flags, running, lost], ' ');
}

function limits({ isReadOnly, isOnly }: HeaderFacts): Line {
	const words = [...(isReadOnly ? ['read-only'] : []), ...(isOnly ? ['only'] : [])];
	return words.length === 0 ? [] : [cell(words.join(' '), 'accent')];
}

function who(facts: HeaderFacts, depth: Depth): Line {
	return depth === 'all' || depth === 'words' ? [atMost(facts.who, 32, 'muted')] : [];
}

function zone(facts: HeaderFacts): Line {
	return [cell(facts.zone, 'muted')];
}
