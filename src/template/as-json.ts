import type { Json, JsonObject } from '../core/plan.ts';

/** A filled value as a plan holds it: an integer that JSON would round is its digits as text. Throws an Error on what no plan can hold. */
function asJson(value: unknown): Json {
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && !Number.isFinite(value))
		throw new Error(`${value} is no number to act on`);
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return value;
	if (value === null) return null;
	if (Array.isArray(value)) return value.map(asJson);
	if (typeof value !== 'object' || ArrayBuffer.isView(value))
		throw new Error('it holds what is no text');
	return asObject(value);
}

/** The same for a map. */
export function asObject(value: object): JsonObject {
	const entries = value instanceof Map ? [...value] : Object.entries(value);
	const record: Record<string, Json> = Object.create(null);
	for (const [key, member] of entries) record[String(key)] = asJson(member);
	return record;
}
