import type { Needle } from '../core/criterion.ts';
import { foldedRun } from './folding.ts';

/** The bytes of a text that must occur as they are; a lone surrogate and U+FFFD stand for other bytes: no needle. */
function needleOf(text: string): Needle | undefined {
	if (text === '' || !text.isWellFormed() || text.includes('\ufffd')) return undefined;
	return { bytes: Buffer.from(text) };
}

const plainRun = /[\w.-]+/gu;
/** What numbers, booleans and null print as, or a part of it: msgpack spells those in binary. */
const scalarRun = /^[\d.e-]*$/u;
const scalarWords = ['true', 'false', 'null', 'Infinity', 'NaN'];

/** The longest stretch of a text that every format spells letter by letter; a number may be spelt in binary. */
export function spelledRun(text: string, mayBeScalar: boolean): Needle | undefined {
	const runs = (text.match(plainRun) ?? []).filter((run) => !(mayBeScalar && isScalarRun(run)));
	return needleOf(longest(runs));
}

function isScalarRun(run: string): boolean {
	return scalarRun.test(run) || scalarWords.some((word) => `-${word}`.includes(run));
}

/** The plain text of a shell pattern, its wildcards as blanks. */
export function plainOfGlob(pattern: string): string {
	return pattern.replace(/\[!?\]?[^\]]*\]|[*?]/gu, ' ');
}

/** What each match of a regular expression holds; behind a `(?i)` that opens it, in either case. */
export function needleOfRegex(source: string): Needle | undefined {
	const folding = '(?i)';
	if (!source.startsWith(folding)) return needleOf(literalOfRegex(source));
	return foldedRun(literalOfRegex(source.slice(folding.length)));
}

/** The longest plain text outside of groups that each match of a regular expression holds; empty where a choice makes that unsure. */
export function literalOfRegex(source: string): string {
	const runs: string[] = [];
	let run = '';
	let depth = 0;
	const end = () => {
		runs.push(run);
		run = '';
	};
	for (const [token] of source.matchAll(regexToken)) {
		const isChoice = depth === 0 && token === '|';
		if (isChoice || unsure.test(token)) return '';
		if (/^[?*{]/u.test(token)) run = dropLast(run);
		if (/^(?:[.^$+?*{[()]|\\\w)/u.test(token)) end();
		else if (depth === 0) run += token.startsWith('\\') ? token.slice(1) : token;
		if (token === '(') depth++;
		if (token === ')') depth--;
	}
	end();
	return longest(runs);
}

/** A class, a repeat count, an escape, flags, or one character. */
const regexToken =
	/\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]])*\]|\{[\d,]*\}|\\[\s\S]|\(\?[A-Za-z-]*\)|[\s\S]/gu;
/** Flags, and escapes that reach further than the character behind them. */
const unsure = /^(?:\(\?|\\[^dDsSwWbBnrt\W_])/u;

function dropLast(text: string): string {
	return Array.from(text).slice(0, -1).join('');
}

function longest(texts: readonly string[]): string {
	return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}
