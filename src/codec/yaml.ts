import {
	Document,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type ParsedNode,
	parseDocument,
	Scalar,
	visit,
} from 'yaml';
import { Failure, reasonOf } from '../core/errors.ts';
import { caps } from './caps.ts';
import { escapeUnseen, hasUnseen } from './escape.ts';
import { exactYaml } from './yaml-values.ts';

/** Where something stands in a text, both counted from 1. */
export type Position = { readonly line: number; readonly column: number };

/** A YAML value that still knows where its parts were written. */
export type YamlDocument = {
	readonly value: unknown;
	/** Where the part at a path begins (in a map, its key); where there is none, the place of the nearest part around it. */
	position(path: readonly (string | number)[]): Position;
	/** Where a letter of the text at a path stands, counted from 0; its beginning where escapes or folded lines hide the letter. */
	inside(path: readonly (string | number)[], offset: number): Position;
};

/**
 * The value of a YAML 1.2 document (core schema), exactly: integers beyond 2^53 are bigints, maps have no
 * prototype, or are a `Map` where a key is no text; a merge key is a key like any other. Throws a Failure
 * (`undecodable`) with line and column on errors, repeated keys, custom tags, more than ten aliases, and
 * beyond the caps.
 */
export function parseYaml(text: string): unknown {
	return parseYamlDocument(text).value;
}

/** As `parseYaml`, for files whose later errors must name a line. */
export function parseYamlDocument(text: string): YamlDocument {
	if (text.length > caps.bytes) throw refused(`more than ${caps.bytes} characters`);
	const lineCounter = new LineCounter();
	const document = parseDocument(text, {
		version: '1.2',
		schema: 'core',
		intAsBigInt: true,
		prettyErrors: false,
		lineCounter,
	});
	const problem = document.errors[0] ?? document.warnings[0];
	if (problem) throw refused(problem.message, place(lineCounter, problem.pos[0]));
	return {
		value: toExact(() => document.toJS({ mapAsMap: true, maxAliasCount: 10 })),
		position: (path) => place(lineCounter, startOf(document.contents, path)),
		inside: (path, offset) =>
			place(lineCounter, letterOf(text, partAt(document.contents, path), offset)),
	};
}

/**
 * A value as YAML, exactly: bigints as digits, bytes as `!!binary`, `.nan` and `.inf`, keys of any type. Text
 * that a reader of YAML 1.1 would take for something else is quoted, what nobody could see is an escape.
 */
export function printYaml(value: unknown): string {
	const document = new Document(printable(value), {
		version: '1.2',
		schema: 'core',
		compat: 'yaml-1.1',
		aliasDuplicateObjects: false,
	});
	visit(document, {
		Scalar: (_key, node) => {
			if (typeof node.value === 'string' && hasUnseen(node.value)) node.type = Scalar.QUOTE_DOUBLE;
		},
	});
	return escapeUnseen(document.toString({ lineWidth: 0 }), yamlEscape);
}

function toExact(toValue: () => unknown): unknown {
	try {
		return exactYaml(toValue());
	} catch (cause) {
		throw refused(reasonOf(cause), undefined, cause);
	}
}

function refused(reason: string, at?: Position, cause?: unknown): Failure {
	const where = at ? `, line ${at.line}, column ${at.column}` : '';
	return new Failure('undecodable', `YAML${where}: ${reason}`, { cause });
}

function place(lines: LineCounter, offset: number): Position {
	const { line, col } = lines.linePos(offset);
	return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function startOf(root: ParsedNode | null, path: readonly (string | number)[]): number {
	return partAt(root, path).start;
}

type Part = { readonly start: number; readonly node: ParsedNode | null };

/** The part a path leads to, or the last one on the way that is there. */
function partAt(root: ParsedNode | null, path: readonly (string | number)[]): Part {
	let part: Part = { start: root?.range[0] ?? 0, node: root };
	for (const step of path) {
		const next = partOf(part.node, step);
		if (next === undefined) return part;
		part = next;
	}
	return part;
}

function letterOf(text: string, { start, node }: Part, offset: number): number {
	if (!isScalar(node) || typeof node.value !== 'string') return start;
	const begin = node.range[0];
	const quote = /^['"]/u.test(text.slice(begin, begin + 1)) ? 1 : 0;
	return text.startsWith(node.value, begin + quote) ? begin + quote + offset : begin;
}

function partOf(node: ParsedNode | null, step: string | number): Part | undefined {
	if (isMap<ParsedNode, ParsedNode | null>(node)) {
		const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
		return pair && { start: pair.key.range[0], node: pair.value };
	}
	const item = isSeq<ParsedNode>(node) ? node.items[Number(step)] : undefined;
	return item && { start: item.range[0], node: item };
}

/** The same value with its bytes, also those that are keys, as `!!binary`. */
function printable(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Uint8Array) return binary(value);
	if (Array.isArray(value)) return value.map(printable);
	const entries = value instanceof Map ? [...value] : Object.entries(value);
	return new Map(entries.map(([key, item]) => [printable(key), printable(item)]));
}

function binary(bytes: Uint8Array): Scalar {
	const scalar = new Scalar(Buffer.from(bytes).toString('base64'));
	scalar.tag = 'tag:yaml.org,2002:binary';
	return scalar;
}

function yamlEscape(codePoint: number): string {
	const digits = codePoint.toString(16);
	return codePoint > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
