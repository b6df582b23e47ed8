import type { CompiledFilter, Criterion } from '../core/criterion.ts';
import { celTest } from './cel.ts';
import { all, any, inverse } from './combine.ts';
import { compileField } from './compile-field.ts';
import { FilterError } from './filter-error.ts';
import { forGaps } from './for-gaps.ts';
import { needleOfRegex } from './literal.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';
import { refusing, type Scope } from './refuse.ts';
import { regexTest } from './regex.ts';
import type { Filter } from './syntax.ts';
import { wordCriterion } from './word.ts';

/**
 * A filter's text as the engine takes it. Durations and clock times count from `now` (milliseconds since the epoch).
 * Throws a FilterError that points at what cannot be read or can never be.
 */
export function compileFilter(text: string, now: number): CompiledFilter {
	const filter = parseFilter(text);
	const criterion = compile(filter, { text, now });
	return { text: printFilter(filter), criterion, forGaps: forGaps(criterion) };
}

/** Why a text is no filter, or undefined where it is one. */
export function filterProblem(text: string, now: number): FilterError | undefined {
	try {
		compileFilter(text, now);
		return undefined;
	} catch (thrown) {
		if (thrown instanceof FilterError) return thrown;
		throw thrown;
	}
}

function compile(filter: Filter, scope: Scope): Criterion {
	switch (filter.kind) {
		case 'all':
			return { kind: 'all' };
		case 'text':
			return wordCriterion(filter.text);
		case 'regex':
			return compileRegex(filter.source, filter.start, scope);
		case 'field':
			return compileField(filter, scope);
		case 'not':
			return inverse(compile(filter.part, scope));
		case 'and':
			return all(filter.parts.map((part) => compile(part, scope)));
		case 'or':
			return any(filter.parts.map((part) => compile(part, scope)));
		case 'cel':
			return { kind: 'decoded', test: celTest(filter.source, filter.start + 1, scope) };
	}
}

function compileRegex(source: string, start: number, scope: Scope): Criterion {
	const test = refusing(scope, start, () => regexTest(source));
	const literal = needleOfRegex(source);
	return { kind: 'text', test, ...(literal && { literal }) };
}
