import { isExtension } from '../../codec/extension.ts';
import { counted } from '../number.ts';

/** How many values a container holds; undefined for what holds none. */
export function countOf(value: unknown): number | undefined {
	if (Array.isArray(value)) return value.length;
	if (value instanceof Map) return value.size;
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
	if (isExtension(value)) return undefined;
	return Object.keys(value).length;
}

/** What a folded container holds: `{45 keys}`, `[3 items]`, `{}`. */
export function contents(value: unknown): string {
	const count = countOf(value) ?? 0;
	if (Array.isArray(value)) return count === 0 ? '[]' : `[${counted(count, 'item')}]`;
	return count === 0 ? '{}' : `{${counted(count, 'key')}}`;
}
