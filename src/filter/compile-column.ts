import type { Criterion } from '../core/criterion.ts';
import { didYouMean } from '../core/nearest.ts';
import { isAtLeast, severityNames, severityOf } from '../core/severity.ts';
import { FilterError } from './filter-error.ts';
import { subjectTest } from './glob.ts';
import { textTest } from './leaf-test.ts';
import { type Moment, momentOf } from './moment.ts';
import { expectOperators, type Scope } from './refuse.ts';
import type { Field, Operator, Value } from './syntax.ts';

type Compile = (field: Field, value: Value, scope: Scope) => Criterion;

/** Keys the log answers from its columns, without looking into a body. */
export const columns: ReadonlyMap<string, Compile> = new Map<string, Compile>([
	['src', (field, value, scope) => ({ kind: 'source', test: nameTest(field, value, scope) })],
	['format', (field, value, scope) => ({ kind: 'format', test: nameTest(field, value, scope) })],
	['host', (field, value, scope) => ({ kind: 'host', test: nameTest(field, value, scope) })],
	['tag', compileTag],
	['subject', compileSubject],
	['kind', compileKind],
	['sev', compileSeverity],
	['since', (field, value, scope) => compileTime(field, value, scope, '>=')],
	['until', (field, value, scope) => compileTime(field, value, scope, '<=')],
	['time', (field, value, scope) => compileTime(field, value, scope, field.operator)],
]);

/** `!=` of one value; several are joined with and. */
function nameTest({ operator }: Field, value: Value, scope: Scope): (name: string) => boolean {
	const test = textTest(operator, value, scope);
	return operator === '!=' ? (name) => !test(name) : test;
}

function compileTag(field: Field, value: Value, scope: Scope): Criterion {
	return { kind: 'tag', transportOnly: false, test: nameTest(field, value, scope) };
}

function compileSubject(field: Field, { text }: Value, scope: Scope): Criterion {
	expectOperators(field, [':', '=', '!='], scope);
	const matches = field.operator === ':' ? subjectTest(text) : (tag: string) => tag === text;
	const test = field.operator === '!=' ? (tag: string) => !matches(tag) : matches;
	return { kind: 'tag', transportOnly: true, test };
}

const rowKinds = ['event', 'gap', 'broken', 'sensor'] as const;

function compileKind(field: Field, { text, start }: Value, scope: Scope): Criterion {
	expectOperators(field, [':', '=', '!='], scope);
	if (!rowKinds.some((kind) => kind === text)) {
		const says = `a row's kind is ${rowKinds.join(', ')}${didYouMean(text, rowKinds)}`;
		throw new FilterError(scope.text, start, says);
	}
	const wants = field.operator !== '!=';
	return { kind: 'row', test: (kind) => (kind === text) === wants };
}

function compileSeverity(field: Field, value: Value, scope: Scope): Criterion {
	expectOperators(field, [':', '=', '!=', '<', '<=', '>', '>='], scope);
	const { operator } = field;
	const wanted = rankOf(value, scope);
	return { kind: 'severity', test: (rank) => passes(rank, operator, wanted) };
}

/** The rank a severity's word names. */
export function rankOf({ text, start }: Value, scope: Scope): number {
	const rank = severityOf(text === '?' ? 'unknown' : text);
	if (rank !== undefined) return rank;
	const meant = didYouMean(text, severityNames) || '.';
	const says = `this is no severity${meant} There are ${severityNames.join(', ')}`;
	throw new FilterError(scope.text, start, says);
}

/** "Greater" is worse, though its rank is less. */
function passes(rank: number, operator: Operator, wanted: number): boolean {
	switch (operator) {
		case '>=':
			return isAtLeast(rank, wanted);
		case '<':
			return !isAtLeast(rank, wanted);
		case '>':
			return isAtLeast(rank, wanted - 1);
		case '<=':
			return !isAtLeast(rank, wanted - 1);
		default:
			return (rank === wanted) === (operator !== '!=');
	}
}

function compileTime(field: Field, value: Value, scope: Scope, operator: Operator): Criterion {
	const orders = [':', '=', '<', '<=', '>', '>='] as const;
	expectOperators(field, field.key === 'time' ? orders : [':'], scope);
	return { kind: 'time', ...timeBounds(value, scope, operator) };
}

type TimeBounds = { readonly from?: bigint; readonly until?: bigint };

/** From when until when a time and its operator reach, in nanoseconds, both inclusive. */
export function timeBounds(value: Value, scope: Scope, operator: Operator): TimeBounds {
	const { from, until } = momentAt(value, scope);
	if (operator === '>=') return { from };
	if (operator === '>') return { from: until + 1n };
	if (operator === '<=') return { until };
	return operator === '<' ? { until: from - 1n } : { from, until };
}

function momentAt({ text, start }: Value, scope: Scope): Moment {
	const moment = momentOf(text, scope.now);
	if (moment !== undefined) return moment;
	const says = 'a time is 15m, 03:10, 2026-11-21 or 2026-11-21T03:10:00Z';
	throw new FilterError(scope.text, start, says);
}
