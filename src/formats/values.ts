import { decodeUtf8 } from '../core/utf8.ts';

/** Reading decoded data that may be anything: nothing here throws, and no key reaches a prototype. */

/** The value under a text key of an object or a `Map`; undefined where there is none. */
export function get(value: unknown, key: string): unknown {
	if (value instanceof Map) return value.get(key);
	if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
	return value[key];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!(value instanceof Uint8Array) &&
		!(value instanceof Map)
	);
}

/** Whether it is an object or a `Map`. */
export function isMap(value: unknown): boolean {
	return value instanceof Map || isRecord(value);
}

/** The pairs of an object or a `Map`; none of anything else. */
export function pairs(value: unknown): (readonly [key: unknown, value: unknown])[] {
	if (value instanceof Map) return [...value];
	return isRecord(value) ? Object.entries(value) : [];
}

/** The elements of a list; none of anything else. */
export function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** How many elements or pairs it has. */
export function size(value: unknown): number {
	return Array.isArray(value) ? value.length : pairs(value).length;
}

/** Text as it is, and bytes as the text they nearly are; undefined for anything else and for empty text. */
export function text(value: unknown): string | undefined {
	if (typeof value === 'string') return value === '' ? undefined : value;
	if (value instanceof Uint8Array) return decodeUtf8(value) || undefined;
	return undefined;
}

/** As `text`, and numbers as their digits. */
export function word(value: unknown): string | undefined {
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : text(value);
}

/** A number, whatever of number, bigint or numeric text it is; undefined for anything else. */
export function number(value: unknown): number | undefined {
	const isNumeric = typeof value === 'number' || typeof value === 'bigint';
	const found =
		typeof value === 'string' ? Number.parseFloat(value) : isNumeric ? Number(value) : Number.NaN;
	return Number.isNaN(found) ? undefined : found;
}

/** A key of a map as text. */
export function name(key: unknown): string {
	return typeof key === 'string' ? key : brief(key);
}

const longest = 200;
const most = 6;

/** Any value in one short line: at most some 200 characters, six elements and two levels of it. */
export function brief(value: unknown, depth = 2): string {
	if (typeof value === 'string') return cut(value);
	if (value instanceof Uint8Array) return `<${value.length} bytes>`;
	if (typeof value !== 'object' || value === null) return String(value);
	if (depth === 0) return Array.isArray(value) ? `[${value.length}]` : `{${size(value)}}`;
	if (Array.isArray(value)) {
		return cut(`[${shortened(value, (item) => brief(item, depth - 1))}]`);
	}
	return cut(`{${shortened(pairs(value), (pair) => pairText(pair, ': ', depth - 1))}}`);
}

/** The first scalars of a map as `key=value`, without those that only its transport needs. */
export function scalars(value: unknown, without: (key: string) => boolean): string {
	const kept = pairs(value).filter(
		([key, item]) => !without(name(key)) && (typeof item !== 'object' || item === null),
	);
	return cut(shortened(kept, (pair) => pairText(pair, '=', 1), ' '));
}

function pairText(
	[key, value]: readonly [unknown, unknown],
	between: string,
	depth: number,
): string {
	return `${name(key)}${between}${brief(value, depth)}`;
}

function shortened<Item>(
	items: readonly Item[],
	say: (item: Item) => string,
	between = ', ',
): string {
	const said = items.slice(0, most).map(say);
	return [...said, ...(items.length > most ? [`+${items.length - most}`] : [])].join(between);
}

function cut(line: string): string {
	return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
