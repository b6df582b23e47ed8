import { quoted, readBareValue, readKey, readRegex, readWord, slashed } from './lexemes.ts';
import type { Field, Filter, Value } from './syntax.ts';

/** The canonical text of a filter: reading it gives the same filter, and equal filters print alike. */
export function printFilter(filter: Filter): string {
	switch (filter.kind) {
		case 'all':
			return '';
		case 'text':
			return isBareWord(filter.text) ? filter.text : quoted(filter.text);
		case 'regex':
			return slashed(filter.source);
		case 'field':
			return printField(filter);
		case 'not':
			return `-${atomic(filter.part)}`;
		case 'and':
			return filter.parts
				.map((part) => (part.kind === 'or' ? atomic(part) : printFilter(part)))
				.join(' ');
		case 'or':
			return filter.parts.map(printFilter).join(' or ');
		case 'cel':
			return `= ${filter.source}`;
	}
}

function atomic(filter: Filter): string {
	const text = printFilter(filter);
	return filter.kind === 'and' || filter.kind === 'or' ? `(${text})` : text;
}

function printField({ key, operator, values }: Field): string {
	const print = operator === '~' ? ({ text }: Value) => printPattern(text) : printValue;
	return `${key}${operator}${values.map(print).join(',')}`;
}

/** A source that slashes cannot hold (it ends in a lone backslash) goes in quotes. */
function printPattern(source: string): string {
	const text = slashed(source);
	return readRegex(text, 0)?.value === source ? text : quoted(source);
}

/** Behind an operator a leading `=` would join it, and `://` would make a word of it all. */
function printValue({ text }: Value): string {
	const isPlain = !/^(?:=|\/\/)/u.test(text) && !unseen.test(text);
	const isBare = isPlain && readBareValue(text, 0)?.end === text.length;
	return isBare ? text : quoted(text);
}

const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/u;

function isBareWord(text: string): boolean {
	if (/^(?:[-!/=]|(?:and|or|not)$)/u.test(text) || unseen.test(text)) return false;
	return readWord(text, 0)?.end === text.length && readKey(text, 0) === undefined;
}
