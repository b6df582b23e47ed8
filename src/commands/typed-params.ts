import { Failure } from '../core/errors.ts';
import type { Json, JsonObject } from '../core/plan.ts';

/**
 * What was typed as YAML, as parameters of a plan: a map of what JSON can hold; a whole number beyond what JSON's are
 * exact for becomes text. Throws a Failure for what no plan can hold.
 */
export function typedParams(typed: unknown): JsonObject {
	const value = json(typed);
	if (isObject(value)) return value;
	throw new Failure('usage', 'parameters are a map: name: value');
}

function json(value: unknown): Json {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean' || typeof value === 'string') return value;
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	if (typeof value === 'bigint') return String(value);
	if (Array.isArray(value)) return value.map(json);
	if (typeof value !== 'object' || ArrayBuffer.isView(value)) {
		throw new Failure('usage', `parameters cannot hold ${String(value)}`);
	}
	const entries = value instanceof Map ? [...value] : Object.entries(value);
	return Object.fromEntries(entries.map(([key, item]) => [String(key), json(item)]));
}

function isObject(value: Json): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
