import { isUtf8 } from 'node:buffer';
import { Failure, reasonOf } from '../core/errors.ts';
import { caps } from './caps.ts';
import { escapeUnseen } from './escape.ts';
import { plain } from './plain.ts';

declare global {
	/** What the engine has and the compiler's library does not know yet. */
	interface JSON {
		parse(
			text: string,
			reviver: (key: string, value: unknown, from: { source?: string }) => unknown,
		): unknown;
		rawJSON(text: string): object;
	}
}

/**
 * The value of JSON text, exactly: integers beyond 2^53 are bigints, a number that no double holds (`1e999`,
 * `0.10000000000000000001`) is its own text, objects have no prototype. Throws a Failure (`undecodable`) on
 * anything else than one JSON value, on bytes that are no UTF-8, and beyond the caps.
 */
export function parseJson(json: Uint8Array | string): unknown {
	const text = textOf(json);
	checkCaps(text);
	try {
		return JSON.parse(text, revive);
	} catch (cause) {
		throw new Failure('undecodable', `JSON: ${reasonOf(cause)}`, { cause });
	}
}

/**
 * A value as JSON text, exactly: bigints as plain digits, bytes as `{"$bytes": base64}`, what JSON has no
 * number for as `{"$float": "NaN"}`; a map with keys that are no text has them as text, and its real keys,
 * in order, as the text of a JSON array in `$keys`. What a reader could not see is a `\u` escape.
 */
export function printJson(value: unknown, indent?: number): string {
	const text = JSON.stringify(plain(value, exactDigits), undefined, indent);
	return escapeUnseen(text ?? 'null', jsonEscape);
}

/** Valid JSON text on one line, with its numbers, order and repeated keys as they came; what a reader could not see is escaped. */
export function oneLineJson(json: Uint8Array | string): string {
	return escapeUnseen(textOf(json).replace(/[\t\n\r]+/g, ' '), jsonEscape).trim();
}

function textOf(json: Uint8Array | string): string {
	if (json.length > caps.bytes) throw refused(`more than ${caps.bytes} bytes`);
	if (typeof json !== 'string' && !isUtf8(json)) throw refused('not UTF-8');
	const text = typeof json === 'string' ? json : Buffer.from(json).toString('utf8');
	return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function refused(reason: string): Failure {
	return new Failure('undecodable', `JSON: ${reason}`);
}

/** Before any value is made: nesting, entries of each container and values in all. */
function checkCaps(text: string): void {
	const entries = [0];
	let values = 1;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === 0x22) at = endOfString(text, at);
		else if (code === 0x5b || code === 0x7b) {
			values += 1;
			if (entries.push(1) > caps.depth + 1) throw refused(`nested deeper than ${caps.depth}`);
		} else if (code === 0x5d || code === 0x7d) entries.pop();
		else if (code === 0x2c) {
			values += 1;
			const count = (entries.pop() ?? 0) + 1;
			if (count > caps.entries) throw refused(`more than ${caps.entries} entries`);
			entries.push(count);
		}
	}
	if (values > caps.values) throw refused(`more than ${caps.values} values`);
}

function endOfString(text: string, quote: number): number {
	let at = quote + 1;
	while (at < text.length && text.charCodeAt(at) !== 0x22) {
		at += text.charCodeAt(at) === 0x5c ? 2 : 1;
	}
	return at;
}

function revive(_key: string, value: unknown, from: { source?: string }): unknown {
	if (typeof value === 'number') return exactNumber(value, from.source ?? String(value));
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const record: Record<string, unknown> = Object.create(null);
	for (const [key, item] of Object.entries(value)) record[key] = item;
	return record;
}

/** Longer numbers are no measurements, and turning their digits into values is what a bomb would want. */
const longestNumber = 400;

function exactNumber(value: number, source: string): unknown {
	if (String(value) === source) return value;
	if (source.length > longestNumber) return source;
	if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source);
	return decimal(source) === decimal(String(value)) ? value : source;
}

/** A decimal number in the one form that equal numbers share: its digits, and the power of ten behind them. */
function decimal(text: string): string {
	const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
	if (parts === null) return text;
	const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	return `${sign}${significant}e${Number(power) - fraction.length + digits.length - significant.length}`;
}

function exactDigits(value: number | bigint): unknown {
	if (typeof value === 'bigint') return JSON.rawJSON(String(value));
	return Object.is(value, -0) ? JSON.rawJSON('-0') : value;
}

function jsonEscape(codePoint: number): string {
	const units = Array.from(String.fromCodePoint(codePoint).split(''), (unit) => unit.charCodeAt(0));
	return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
