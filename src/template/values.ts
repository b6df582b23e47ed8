import { Environment, type RuntimeValue } from '@huggingface/jinja';

/** Data as the library's values. Integers beyond 2^53 stay exact; bytes and functions are absent. */
export function toRuntime(value: unknown): RuntimeValue {
	const scratch = new Environment();
	const wrap = (plain: unknown): RuntimeValue => {
		scratch.variables.clear();
		return scratch.set('value', plain);
	};
	const convert = (item: unknown): RuntimeValue => {
		if (typeof item === 'bigint') return Object.assign(wrap(0), { value: item });
		if (typeof item === 'function' || ArrayBuffer.isView(item)) return wrap(undefined);
		if (typeof item !== 'object' || item === null) return wrap(item);
		if (Array.isArray(item)) return Object.assign(wrap([]), { value: item.map(convert) });
		const entries = item instanceof Map ? [...item] : Object.entries(item);
		const members = entries.map(([key, member]) => [String(key), convert(member)] as const);
		return Object.assign(wrap({}), { value: new Map(members) });
	};
	return convert(value);
}

/** The library's value as data: maps have no prototype. */
export function toNative(runtime: RuntimeValue): unknown {
	const value: unknown = runtime.value;
	if (Array.isArray(value)) return value.map(toNative);
	if (!(value instanceof Map)) return value;
	const record: Record<string, unknown> = Object.create(null);
	for (const [key, member] of value) record[key] = toNative(member);
	return record;
}

/** How much there is to walk over: elements with all below them, 64 letters counting as one; stops counting at `enough`. */
export function sizeOf(runtime: RuntimeValue, enough: number): number {
	const value: unknown = runtime.value;
	if (typeof value === 'string') return 1 + (value.length >> 6);
	const items = Array.isArray(value) ? value : value instanceof Map ? [...value.values()] : [];
	let size = 1;
	for (const item of items) {
		if (size > enough) return size;
		size += sizeOf(item, enough - size);
	}
	return size;
}
