import { createHash } from 'node:crypto';
import { plain } from './plain.ts';

/** The one JSON text that equal values share (RFC 8785), with integers as strings so that no reader rounds them. */
export function canonicalJson(value: unknown): string {
	return write(plain(value, integersAsText));
}

/** The same for values whose numbers must be read back as numbers: one line of ASCII (RFC 8785, but for its escapes). */
export function canonicalLine(value: unknown): string {
	return write(value).replace(
		/[^\x20-\x7e]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** sha-256 of the canonical JSON, as hex digits. */
export function contentHash(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function integersAsText(value: number | bigint): unknown {
	return typeof value === 'bigint' || Number.isInteger(value) ? String(value) : value;
}

function write(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const members = Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`).join(',')}}`;
}
