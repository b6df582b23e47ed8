import { isExtension } from '../../codec/extension.ts';
import { printJson } from '../../codec/json.ts';
import { printYaml } from '../../codec/yaml.ts';
import { blank, cell, fit, type Line, type Tone } from '../cell.ts';
import { type Body, type DetailLook, laid } from './laid.ts';
import { contents, countOf } from './value.ts';

/** A line of a decoded value, as the model holds it. */
export type ValueFacts = {
	readonly depth: number;
	readonly key?: unknown;
	readonly isItem: boolean;
	readonly isLast: boolean;
	readonly value: unknown;
	/** Present where there is something to fold. */
	readonly fold?: string;
	readonly isFolded?: boolean;
};

const INDENT = 2;

/** `▸ return    {45 keys}`: keys in a column `keyWidth` wide, values as they are. */
export function prettyLine(
	line: ValueFacts,
	look: DetailLook & { readonly keyWidth: number },
): readonly Line[] {
	const head = [...margin(line), ...(line.isItem ? [cell('· ', 'muted')] : [])];
	const { key } = line;
	if (key === undefined) return laid(head, prettyBody(line), look);
	if (line.isFolded === false) return laid(head, { value: key, tone: 'accent' }, look);
	return laid([...head, ...fit(key, look.keyWidth, 'accent'), blank(2)], prettyBody(line), look);
}

/** A row of a table: `fun       state.apply`. */
export function pairLine(
	{ key, value }: { readonly key: string; readonly value: unknown },
	look: DetailLook & { readonly keyWidth: number },
): readonly Line[] {
	return prettyLine({ key, value, depth: 0, isItem: false, isLast: false, isFolded: true }, look);
}

/** `return: {45 keys}`. */
export function yamlLine(line: ValueFacts, look: DetailLook): readonly Line[] {
	const item = line.isItem ? [cell('- ', 'muted')] : [];
	const key = keyCells(line, yamlText, look);
	return laid([...margin(line), ...item, ...key], sourceBody(line, yamlText, ''), look);
}

/** `"return": {45 keys},`; a container that is open ends in its bracket. */
export function jsonLine(line: ValueFacts, look: DetailLook): readonly Line[] {
	const body = sourceBody(line, printJson, Array.isArray(line.value) ? '[' : '{');
	const isOpen = line.isFolded === false && (countOf(line.value) ?? 0) > 0;
	const tail = line.isLast || isOpen ? {} : { tail: cell(',', 'muted') };
	return laid([...margin(line), ...keyCells(line, printJson, look)], { ...body, ...tail }, look);
}

/** JSON's closing bracket. */
export function closeLine(line: {
	readonly depth: number;
	readonly bracket: string;
	readonly isLast: boolean;
}): Line {
	return [
		blank(1 + INDENT * (line.depth + 1)),
		cell(`${line.bracket}${line.isLast ? '' : ','}`, 'muted'),
	];
}

/** What tells whether a line is folded, in two columns. */
export function foldCell({ fold, isFolded }: Pick<ValueFacts, 'fold' | 'isFolded'>) {
	if (fold === undefined) return blank(2);
	return cell(isFolded ? '▸ ' : '▾ ', 'muted');
}

function margin(line: ValueFacts): Line {
	return [blank(1 + INDENT * line.depth), foldCell(line)];
}

function keyCells(
	{ key }: ValueFacts,
	print: (key: unknown) => string,
	{ columns }: DetailLook,
): Line {
	if (key === undefined) return [];
	const text = print(key);
	return [
		...fit(text, Math.min(text.length, Math.floor(columns / 2)), 'accent'),
		cell(': ', 'muted'),
	];
}

function prettyBody({ value, isFolded }: ValueFacts): Body {
	if (countOf(value) !== undefined) {
		return { value: isFolded === false ? '' : contents(value), tone: 'muted' };
	}
	if (value === '') return { value: '""', tone: 'muted' };
	if (typeof value === 'string' || value instanceof Uint8Array) return { value, tone: 'plain' };
	if (typeof value === 'object' && value !== null && isExtension(value)) {
		return { value: value.data, tone: 'plain' };
	}
	return { value: yamlText(value), tone: toneOf(value) };
}

function sourceBody(
	{ value, isFolded }: ValueFacts,
	print: (value: unknown) => string,
	opening: string,
): Body {
	if (countOf(value) === undefined) return { value: print(value), tone: toneOf(value) };
	if (isFolded === true || countOf(value) === 0) return { value: contents(value), tone: 'muted' };
	return { value: opening, tone: 'muted' };
}

/** A value in one line of YAML: text of several lines is quoted, which YAML reads as well. */
function yamlText(value: unknown): string {
	const printed = printYaml(value).trimEnd();
	return printed.includes('\n') ? printJson(value) : printed;
}

function toneOf(value: unknown): Tone {
	if (value === null || value === undefined) return 'muted';
	if (typeof value === 'boolean') return value ? 'good' : 'warn';
	return typeof value === 'number' || typeof value === 'bigint' ? 'accent' : 'plain';
}
