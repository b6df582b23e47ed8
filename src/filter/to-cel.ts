import { columns, rankOf, timeBounds } from './compile-column.ts';
import { hasGlob } from './glob.ts';
import { isFactKey } from './known-keys.ts';
import type { Scope } from './refuse.ts';
import type { Field, Filter, Operator, Value } from './syntax.ts';

/**
 * The same filter as a CEL expression, each key guarded so that an absent one is false and `!` inverts that.
 * Relative times become those they mean at `scope.now`. Throws a FilterError on a value that can never be.
 */
export function filterToCel(filter: Filter, scope: Scope): string {
	switch (filter.kind) {
		case 'all':
			return 'true';
		case 'text':
			return `text(${quoted(filter.text)})`;
		case 'regex':
			return `re(${quoted(filter.source)})`;
		case 'field':
			return fieldToCel(filter, scope);
		case 'not':
			return `!(${filterToCel(filter.part, scope)})`;
		case 'and':
			return filter.parts.map((part) => andPart(part, scope)).join(' && ');
		case 'or':
			return filter.parts.map((part) => filterToCel(part, scope)).join(' || ');
		case 'cel':
			return filter.source;
	}
}

function andPart(part: Filter, scope: Scope): string {
	const text = filterToCel(part, scope);
	return part.kind === 'or' ? `(${text})` : text;
}

function fieldToCel(field: Field, scope: Scope): string {
	const { key, operator, values } = field;
	if (key === 'has') return either(values.map(({ text }) => presence(text)));
	const tests = (name: string) =>
		joined(
			operator,
			values.map((value) => leaf(name, key, operator, value)),
		);
	const print = printers.get(key);
	if (print !== undefined)
		return joined(
			operator,
			values.map((value) => print(field, value, scope)),
		);
	if (key === 'src') return tests('source');
	if (key === 'tag' || key === 'format') return tests(key);
	if (isFact(key)) return `has(facts.${key}) && ${tests(key)}`;
	const list = key === 'run' ? 'ids' : `path(${quoted(key)})`;
	return `${list}.exists(v, ${tests('v')})`;
}

type Print = (field: Field, value: Value, scope: Scope) => string;

const printers: ReadonlyMap<string, Print> = new Map<string, Print>([
	['kind', ({ operator }, { text }) => `kind ${equality(operator)} ${quoted(text)}`],
	['sev', severity],
	['subject', subject],
	['since', (_, value, scope) => time('>=', value, scope)],
	['until', (_, value, scope) => time('<=', value, scope)],
	['time', ({ operator }, value, scope) => time(operator, value, scope)],
]);

function severity({ operator }: Field, value: Value, scope: Scope): string {
	const rank = rankOf(value, scope);
	if (operator === '>=') return atLeast(rank);
	if (operator === '<') return `!(${atLeast(rank)})`;
	if (operator === '>') return atLeast(rank - 1);
	if (operator === '<=') return `!(${atLeast(rank - 1)})`;
	return `severity ${equality(operator)} ${rank}`;
}

/** As `isAtLeast`: unknown passes all thresholds but crit and worse. */
function atLeast(rank: number): string {
	return rank > 2 ? `(severity <= ${rank} || severity == 8)` : `severity <= ${rank}`;
}

function subject({ operator }: Field, { text }: Value): string {
	if (operator === ':') return `subject(${quoted(text)})`;
	return `(subject(">") && tag ${equality(operator)} ${quoted(text)})`;
}

/** CEL's timestamps have milliseconds: the end is the start of the next one. */
function time(operator: Operator, value: Value, scope: Scope): string {
	const { from, until } = timeBounds(value, scope, operator);
	const parts = [
		...(from === undefined ? [] : [`time >= ${timestamp(from)}`]),
		...(until === undefined ? [] : [`time < ${timestamp(until + 1n)}`]),
	];
	return parts.join(' && ');
}

function timestamp(nanos: bigint): string {
	return `timestamp("${new Date(Number(nanos / 1_000_000n)).toISOString()}")`;
}

function presence(key: string): string {
	if (key === 'subject') return 'subject(">")';
	if (isFact(key)) return `has(facts.${key})`;
	if (columns.has(key)) return 'true';
	return key === 'run' ? 'size(ids) > 0' : `size(path(${quoted(key)})) > 0`;
}

function leaf(name: string, key: string, operator: Operator, { text }: Value): string {
	if (operator === '~') return `re(${name}, ${quoted(text)})`;
	if (operator === ':' && hasGlob(text)) return `glob(${name}, ${quoted(text)})`;
	const isEquality = operator === ':' || operator === '=' || operator === '!=';
	if (!isEquality) return `${name} ${operator} ${number(text)}`;
	const isText = name !== 'v' && key !== 'rc';
	return `${name} ${equality(operator)} ${isText || key === 'run' ? quoted(text) : scalar(text)}`;
}

function isFact(key: string): boolean {
	return key === 'host' || isFactKey(key);
}

function equality(operator: Operator): '==' | '!=' {
	return operator === '!=' ? '!=' : '==';
}

/** A number, true, false or null as CEL writes it; all else is text. */
function scalar(text: string): string {
	return text === 'true' || text === 'false' || text === 'null' ? text : number(text);
}

function number(text: string): string {
	return /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/u.test(text) ? text : quoted(text);
}

function joined(operator: Operator, tests: readonly string[]): string {
	return operator === '!=' ? tests.join(' && ') : either(tests);
}

function either(tests: readonly string[]): string {
	return tests.length === 1 ? (tests[0] ?? '') : `(${tests.join(' || ')})`;
}

function quoted(text: string): string {
	return JSON.stringify(text);
}
