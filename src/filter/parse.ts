import { FilterError } from './filter-error.ts';
import {
	type Read,
	readBareValue,
	readKey,
	readQuoted,
	readRegex,
	readWord,
	skipBlanks,
} from './lexemes.ts';
import {
	type Field,
	type Filter,
	maxDepth,
	maxLength,
	type Operator,
	type Value,
} from './syntax.ts';

/** Reads a filter; empty text asks for nothing and shows all. Throws a FilterError at the first character that does not fit. */
export function parseFilter(text: string): Filter {
	if (text.length > maxLength) {
		throw new FilterError(text, maxLength, `a filter has at most ${maxLength} characters`);
	}
	const start = skipBlanks(text, 0);
	if (start === text.length) return { kind: 'all', start: 0, end: text.length };
	if (text.startsWith('=', start)) {
		const source = text.slice(start + 1).trim();
		return { kind: 'cel', source, start, end: text.length };
	}
	const { value, end } = disjunction({ text, depth: 0 }, start);
	if (end < text.length) throw new FilterError(text, end, 'this ) closes nothing');
	return value;
}

type Context = { readonly text: string; readonly depth: number };

function disjunction(context: Context, at: number): Read<Filter> {
	const first = conjunction(context, at);
	const parts = [first.value];
	let { end } = first;
	while (keywordAt(context.text, end) === 'or') {
		const next = conjunction(context, skipBlanks(context.text, end + 'or'.length));
		parts.push(next.value);
		end = next.end;
	}
	return { value: joined('or', parts), end };
}

function conjunction(context: Context, at: number): Read<Filter> {
	const { text } = context;
	const first = negation(context, at);
	const parts = [first.value];
	let end = skipBlanks(text, first.end);
	while (!endsConjunction(text, end)) {
		const isNamed = keywordAt(text, end) === 'and';
		const next = negation(context, isNamed ? skipBlanks(text, end + 'and'.length) : end);
		parts.push(next.value);
		end = skipBlanks(text, next.end);
	}
	return { value: joined('and', parts), end };
}

function endsConjunction(text: string, at: number): boolean {
	return at === text.length || text.charAt(at) === ')' || keywordAt(text, at) === 'or';
}

function negation(context: Context, at: number): Read<Filter> {
	const { text } = context;
	const sign = keywordAt(text, at) === 'not' ? 'not' : text.charAt(at);
	if (sign !== 'not' && sign !== '-' && sign !== '!') return atom(context, at);
	const start = at + sign.length;
	const next = skipBlanks(text, start);
	if (sign !== 'not' && next > start) {
		throw new FilterError(text, at, `put ${sign} right before what it excludes, or in quotes`);
	}
	const part = negation(deeper(context, at), next);
	return { value: { kind: 'not', part: part.value, start: at, end: part.end }, end: part.end };
}

function atom(context: Context, at: number): Read<Filter> {
	const { text } = context;
	const first = text.charAt(at);
	if (first === '(') return group(deeper(context, at), at);
	if (first === '"') return phrase(text, at);
	if (first === '/') return regex(text, at);
	const word = readWord(text, at);
	const keyword = keywordAt(text, at);
	if (word === undefined || keyword !== undefined) {
		const found = keyword ?? (first === '' ? 'the end' : first);
		throw new FilterError(text, at, `a word, a field or a ( is missing before ${found}`);
	}
	const key = readKey(text, at);
	if (key !== undefined) return field(text, at, key);
	return { value: { kind: 'text', text: word.value, start: at, end: word.end }, end: word.end };
}

function group(context: Context, at: number): Read<Filter> {
	const { text } = context;
	const inside = disjunction(context, skipBlanks(text, at + 1));
	if (text.charAt(inside.end) !== ')') throw new FilterError(text, at, 'this ( is not closed');
	return { value: inside.value, end: inside.end + 1 };
}

function phrase(text: string, at: number): Read<Filter> {
	const { value, end } = closed(text, at, readQuoted(text, at));
	if (value === '') throw new FilterError(text, at, 'these quotes hold nothing to look for');
	return { value: { kind: 'text', text: value, start: at, end }, end };
}

function regex(text: string, at: number): Read<Filter> {
	const { value, end } = closed(text, at, readRegex(text, at));
	if (value === '') throw new FilterError(text, at, 'these slashes hold no regular expression');
	return { value: { kind: 'regex', source: value, start: at, end }, end };
}

function field(
	text: string,
	start: number,
	head: Read<{ key: string; operator: Operator }>,
): Read<Field> {
	const { key, operator } = head.value;
	const values: Value[] = [];
	let { end } = head;
	do {
		if (values.length > 0) end++;
		const value = readValue(text, end, operator);
		if (value === undefined) {
			const before = values.length > 0 ? 'the comma' : `${key}${operator}`;
			throw new FilterError(text, end, `${before} needs a value right behind it`);
		}
		values.push(value.value);
		({ end } = value);
	} while (text.charAt(end) === ',');
	return { value: { kind: 'field', key, operator, values, start, end }, end };
}

function readValue(text: string, at: number, operator: Operator): Read<Value> | undefined {
	const first = text.charAt(at);
	const isRegex = operator === '~' && first === '/';
	if (first !== '"' && !isRegex) return readBareValue(text, at);
	const { value, end } = closed(text, at, isRegex ? readRegex(text, at) : readQuoted(text, at));
	return { value: { text: value, start: at, end }, end };
}

function closed(text: string, at: number, read: Read<string> | undefined): Read<string> {
	if (read !== undefined) return read;
	if (text.charAt(at) === '"') throw new FilterError(text, at, 'this quote is not closed');
	const says = 'this / opens a regular expression that has no end (quote a path: "/etc/passwd")';
	throw new FilterError(text, at, says);
}

function deeper(context: Context, at: number): Context {
	if (context.depth < maxDepth) return { ...context, depth: context.depth + 1 };
	throw new FilterError(context.text, at, `more than ${maxDepth} levels of ( and not`);
}

const keywordPattern = /(?:and|or|not)(?=[\s()]|$)/uy;

function keywordAt(text: string, at: number): 'and' | 'or' | 'not' | undefined {
	keywordPattern.lastIndex = at;
	const word = keywordPattern.exec(text)?.[0];
	return word === 'and' || word === 'or' || word === 'not' ? word : undefined;
}

/** One filter of several: parts of the same kind become its own. */
function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
	const [only] = parts;
	if (parts.length === 1 && only !== undefined) return only;
	const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
	return { kind, parts: flat, start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
}
