import type { Token } from '@huggingface/jinja';
import { didYouMean } from '../core/nearest.ts';
import { filters, operators, statements, tests } from './words.ts';

/** What a template may not say: which token, and a sentence. */
export type Objection = { readonly token: number; readonly says: string };

/** The first thing the sandbox has no room for: statements, filters and tests beyond the list, calls. */
export function objection(tokens: readonly Token[]): Objection | undefined {
	for (let index = 0; index < tokens.length; index++) {
		const says = objectionAt(tokens, index);
		if (says !== undefined) return { token: index, says };
	}
	return undefined;
}

function objectionAt(tokens: readonly Token[], index: number): string | undefined {
	const token = tokens[index];
	const before = tokens[index - 1];
	if (token?.type === 'OpenParen') return callAt(tokens, index);
	if (token?.type !== 'Identifier') return undefined;
	if (before?.type === 'OpenStatement') return unless('statement', token.value, statements);
	if (before?.type === 'Pipe') return unless('filter', token.value, filters);
	if (!isTested(tokens, index) || token.value === 'not') return undefined;
	return unless('test', token.value, tests);
}

function isTested(tokens: readonly Token[], index: number): boolean {
	const [before, last] = [tokens[index - 2], tokens[index - 1]];
	if (isWord(last, 'is')) return before?.type !== 'Dot';
	return isWord(last, 'not') && isWord(before, 'is');
}

function isWord(token: Token | undefined, word: string): boolean {
	return token?.type === 'Identifier' && token.value === word;
}

/** A parenthesis behind a value would call it; behind a filter's name it holds the filter's arguments. */
function callAt(tokens: readonly Token[], index: number): string | undefined {
	const [beforeLast, last] = [tokens[index - 2], tokens[index - 1]];
	const isValue = last?.type === 'CloseParen' || last?.type === 'CloseSquareBracket';
	const isName = last?.type === 'Identifier' && !operators.some((word) => word === last.value);
	if (!isValue && !(isName && beforeLast?.type !== 'Pipe')) return undefined;
	return 'a template calls no functions: use a filter, as in `name | lower`';
}

function unless(what: string, word: string, known: readonly string[]): string | undefined {
	if (known.includes(word)) return undefined;
	return `there is no ${what} ${word} here${didYouMean(word, known)}`;
}
