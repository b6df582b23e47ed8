import { type Node, parse, type Token, tokenize } from '@huggingface/jinja';
import { reasonOf } from '../core/errors.ts';
import { objection } from './check-tokens.ts';
import { TemplateError } from './template-error.ts';

const maxSource = 4096;

/** A template as the library reads it. Throws a TemplateError with line and column. */
export function parseTemplate(source: string): Node {
	if (Buffer.byteLength(source) > maxSource) {
		throw new TemplateError(source, maxSource, 'a template has at most 4 KiB');
	}
	const tokens = tokensOf(source);
	const stray = objection(tokens);
	if (stray) throw new TemplateError(source, offsetOf(source, tokens, stray.token), stray.says);
	return parseTokens(source, tokens);
}

function tokensOf(source: string): Token[] {
	if (/\{%-?\s*(?:end)?generation\b/u.test(source)) {
		throw new TemplateError(source, source.indexOf('{%'), 'there is no statement generation here');
	}
	try {
		return tokenize(source);
	} catch (cause) {
		throw new TemplateError(source, badTag(source), saysOf(cause), cause);
	}
}

/** The library names no place: the first tag without which all before it can be read. */
function badTag(source: string): number {
	const starts = [...source.matchAll(/\{[{%#]/gu)].map(({ index }) => index);
	const bad = starts.find((_, number) => !canBeCut(source.slice(0, starts[number + 1])));
	return bad ?? 0;
}

function canBeCut(source: string): boolean {
	try {
		tokenize(source);
		return true;
	} catch {
		return false;
	}
}

function parseTokens(source: string, tokens: Token[]): Node {
	let reached = 0;
	const watched = new Proxy(tokens, {
		get(target, key, receiver) {
			if (typeof key === 'string' && /^\d+$/u.test(key)) reached = Math.max(reached, Number(key));
			return Reflect.get(target, key, receiver);
		},
	});
	try {
		return parse(watched);
	} catch (cause) {
		const isEnd = reached >= tokens.length;
		const says = isEnd ? 'it ends before this is closed' : saysOf(cause);
		const at = offsetOf(source, tokens, Math.min(reached, tokens.length - 1));
		throw new TemplateError(source, at, says, cause);
	}
}

/** Where a token stands, found by walking its predecessors' text; tokens keep no places themselves. */
function offsetOf(source: string, tokens: readonly Token[], index: number): number {
	let end = 0;
	let start = 0;
	for (const { type, value } of tokens.slice(0, index + 1)) {
		const isString = type === 'StringLiteral';
		const found = isString ? source.slice(end).search(/['"]/u) + end : source.indexOf(value, end);
		start = Math.max(found, end);
		end = isString ? stringEnd(source, start) : start + value.length;
	}
	return start;
}

function stringEnd(source: string, start: number): number {
	const quote = source.charAt(start);
	let at = start + 1;
	while (at < source.length && source.charAt(at) !== quote)
		at += source.charAt(at) === '\\' ? 2 : 1;
	return at + 1;
}

/** The library's words as a part of a sentence. */
function saysOf(cause: unknown): string {
	if (cause instanceof RangeError) return 'it nests too deep';
	const says = reasonOf(cause).replace(/^Parser Error: /u, '');
	return `${says.charAt(0).toLowerCase()}${says.slice(1)}`;
}
