import type { Needle } from '../core/criterion.ts';

/** The bytes of a text that must occur as they are; a lone surrogate and U+FFFD stand for other bytes: no needle. */
export function needleOf(text: string): Needle | undefined {
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

/** The longest plain text that each match of a regular expression holds; empty where a group or a choice makes that unsure. */
export function literalOfRegex(source: string): string {
	const runs: string[] = [];
	let run = '';
	const end = () => {
		runs.push(run);
		run = '';
	};
	for (const [token] of source.matchAll(regexToken)) {
		if (/^(?:[|()]|\\[^dDsSwWbBnrt\W_])/u.test(token)) return '';
		if (/^[?*{]/u.test(token)) run = dropLast(run);
		if (/^(?:[.^$+?*{[]|\\\w)/u.test(token)) end();
		else run += token.startsWith('\\') ? token.slice(1) : token;
	}
	end();
	return longest(runs);
}

/** A class, a repeat count, an escape, or one character. */
const regexToken = /\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]])*\]|\{[\d,]*\}|\\[\s\S]|[\s\S]/gu;

function dropLast(text: string): string {
	return Array.from(text).slice(0, -1).join('');
}

function longest(texts: readonly string[]): string {
	return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}
