import { hasGlob } from './glob.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';
import type { Filter } from './syntax.ts';
import { filterToCel } from './to-cel.ts';

/** One thing that is asked, as a chip shows it. */
export type Part = {
	/** Canonical: `-host:web99`. */
	readonly text: string;
	readonly isNegated: boolean;
	/** How a pattern was read: Salt's globs and NATS's wildcards look alike. */
	readonly reads?: 'Salt glob' | 'NATS subject' | 'CEL';
	/** Where it stands in the filter's text, with its `-` or parentheses' inside. */
	readonly start: number;
	readonly end: number;
};

/** What a filter asks, each part by itself; nothing for an empty one. Throws a FilterError on what is no filter. */
export function partsOf(text: string): readonly Part[] {
	return topParts(parseFilter(text)).map((part) => {
		const reads = readingOf(part);
		const { start, end } = part;
		const isNegated = part.kind === 'not';
		return { text: printFilter(part), isNegated, start, end, ...(reads && { reads }) };
	});
}

/** The filter that asks for a part too. Its opposite goes, and what is asked already is not asked twice. */
export function withPart(text: string, part: string, now: number): string {
	const added = parseFilter(part);
	const filter = parseFilter(text);
	if (filter.kind === 'cel' || added.kind === 'cel') {
		const sides = [filter, added].map((side) => `(${filterToCel(side, { text, now })})`);
		return filter.kind === 'all' ? printFilter(added) : `= ${sides.join(' && ')}`;
	}
	const wanted = printFilter(added);
	const others = topParts(filter).filter((one) => {
		const printed = printFilter(one);
		return printed !== wanted && printed !== opposite(added);
	});
	return printParts([...others, ...topParts(added)]);
}

/** The filter without its part of that number; an index that is none leaves it as it is. */
export function withoutPart(text: string, index: number): string {
	return printParts(topParts(parseFilter(text)).filter((_, number) => number !== index));
}

/** The part that keeps only one value of a key: `rule:"Terminal shell in container"`. */
export function onlyValue(key: string, value: string): string {
	const operator = hasGlob(value) ? '=' : ':';
	const at = { start: 0, end: 0 };
	return printFilter({ kind: 'field', key, operator, values: [{ text: value, ...at }], ...at });
}

/** The part that hides one value of a key. */
export function notValue(key: string, value: string): string {
	return `-${onlyValue(key, value)}`;
}

/** The parts of a filter that all must hold. */
export function topParts(filter: Filter): readonly Filter[] {
	if (filter.kind === 'all') return [];
	return filter.kind === 'and' ? filter.parts : [filter];
}

/** The filter that asks for all of them. */
export function printParts(parts: readonly Filter[]): string {
	const [only] = parts;
	if (only === undefined) return '';
	if (parts.length === 1) return printFilter(only);
	return printFilter({ kind: 'and', parts, start: 0, end: 0 });
}

function opposite(filter: Filter): string {
	if (filter.kind === 'not') return printFilter(filter.part);
	return printFilter({ kind: 'not', part: filter, start: filter.start, end: filter.end });
}

function readingOf(part: Filter): Part['reads'] {
	if (part.kind === 'cel') return 'CEL';
	const field = part.kind === 'not' ? part.part : part;
	if (field.kind !== 'field' || field.operator !== ':') return undefined;
	if (field.key === 'subject') return 'NATS subject';
	return field.key === 'tag' ? 'Salt glob' : undefined;
}
