/**
 * An exact value as what JSON can hold: bytes are `{$bytes: base64}`, NaN and infinities `{$float: name}`, a
 * `Map` an object whose `$keys` lists its real keys. `number` says how every other number is written.
 */
export function plain(value: unknown, number: (value: number | bigint) => unknown): unknown {
	if (typeof value === 'bigint') return number(value);
	if (typeof value === 'number') {
		return Number.isFinite(value) ? number(value) : { $float: String(value) };
	}
	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
	if (Array.isArray(value)) return value.map((item) => plain(item, number));
	if (value instanceof Map) return plainMap(value, number);
	return plainRecord(Object.entries(value), number);
}

function plainRecord(
	entries: readonly (readonly [string, unknown])[],
	number: (value: number | bigint) => unknown,
): Record<string, unknown> {
	const record: Record<string, unknown> = Object.create(null);
	for (const [key, value] of entries) record[key] = plain(value, number);
	return record;
}

function plainMap(
	map: ReadonlyMap<unknown, unknown>,
	number: (value: number | bigint) => unknown,
): Record<string, unknown> {
	const record: Record<string, unknown> = Object.create(null);
	const keys: unknown[] = [];
	for (const [key, value] of map) {
		const real = plain(key, number);
		keys.push(real);
		record[free(record, typeof real === 'string' ? real : JSON.stringify(real))] = plain(
			value,
			number,
		);
	}
	record[free(record, '$keys')] = JSON.stringify(keys);
	return record;
}

/** A name that no other key has taken: 1 and "1" are two keys in Python. */
function free(record: Record<string, unknown>, name: string): string {
	let unique = name;
	while (unique in record) unique += '~';
	return unique;
}
