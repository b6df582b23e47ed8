import { caps } from './caps.ts';

/** What the YAML library made, in the shapes of this house; throws an Error beyond the caps. */
export function exactYaml(value: unknown): unknown {
	return exact(value, 0, { values: 0 });
}

function exact(value: unknown, depth: number, spent: { values: number }): unknown {
	spent.values += 1;
	if (spent.values > caps.values) throw new Error(`more than ${caps.values} values`);
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Uint8Array) return Uint8Array.from(value);
	if (depth >= caps.depth) throw new Error(`nested deeper than ${caps.depth}`);
	if (Array.isArray(value)) return value.map((item) => exact(item, depth + 1, spent));
	return value instanceof Map ? exactMap(value, depth, spent) : value;
}

function exactMap(
	map: ReadonlyMap<unknown, unknown>,
	depth: number,
	spent: { values: number },
): unknown {
	if (map.size > caps.entries) throw new Error(`more than ${caps.entries} entries`);
	const entries = [...map].map(
		([key, value]) => [exact(key, depth + 1, spent), exact(value, depth + 1, spent)] as const,
	);
	if (entries.some(([key]) => typeof key !== 'string')) return new Map(entries);
	const record: Record<string, unknown> = Object.create(null);
	for (const [key, value] of entries) record[String(key)] = value;
	return record;
}
