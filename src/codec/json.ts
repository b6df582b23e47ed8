import { isUtf8 } from 'node:buffer';
import { Failure } from '../core/errors.ts';
import { caps } from './caps.ts';
import { escapeUnseen } from './escape.ts';
import { JsonReader } from './json-reader.ts';
import { plain } from './plain.ts';

declare global {
	/** What the engine has and the compiler's library does not know yet. */
	interface JSON {
		rawJSON(text: string): object;
	}
}

/**
 * The value of JSON text, exactly: integers beyond 2^53 are bigints, a number that no double holds (`1e999`,
 * `0.10000000000000000001`) is its own text, objects have no prototype. Throws a Failure (`undecodable`) on
 * anything else than one JSON value, on bytes that are no UTF-8, and beyond the caps.
 */
export function parseJson(json: Uint8Array | string): unknown {
	return new JsonReader(textOf(json)).whole();
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

function exactDigits(value: number | bigint): unknown {
	if (typeof value === 'bigint') return JSON.rawJSON(String(value));
	return Object.is(value, -0) ? JSON.rawJSON('-0') : value;
}

function jsonEscape(codePoint: number): string {
	const units = Array.from(String.fromCodePoint(codePoint).split(''), (unit) => unit.charCodeAt(0));
	return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
