import type { JsonPatch } from '../core/kube-tool.ts';

type Container = Record<string, unknown> | unknown[];

/** The value with the patch applied (RFC 6902: add, remove, replace, test); undefined where a test or a path does not hold. */
export function patched(value: unknown, patch: JsonPatch): unknown {
	const root = { value: structuredClone(value) };
	for (const { op, path, value: wanted } of patch) {
		const keys = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
		const holder = holderOf(root, keys);
		const key = keys.at(-1);
		if (!holder || key === undefined) return undefined;
		if (!applies(holder, keys.length === 1 ? 'value' : key, op, wanted)) return undefined;
	}
	return root.value;
}

function holderOf(root: { value: unknown }, keys: readonly string[]): Container | undefined {
	let at: unknown = keys.length === 1 ? root : root.value;
	for (const key of keys.slice(1, -1)) at = isContainer(at) ? read(at, key) : undefined;
	return isContainer(at) ? at : undefined;
}

function applies(
	holder: Container,
	key: string,
	op: JsonPatch[number]['op'],
	value: unknown,
): boolean {
	const old = read(holder, key);
	if (op === 'test') return JSON.stringify(old) === JSON.stringify(value);
	if (op === 'add') return add(holder, key, value);
	if (old === undefined) return false;
	if (op === 'replace') return write(holder, key, value);
	if (Array.isArray(holder)) holder.splice(Number(key), 1);
	else delete holder[key];
	return true;
}

function add(holder: Container, key: string, value: unknown): boolean {
	if (!Array.isArray(holder)) return write(holder, key, value);
	const at = key === '-' ? holder.length : Number(key);
	if (!Number.isInteger(at) || at > holder.length) return false;
	holder.splice(at, 0, value);
	return true;
}

function write(holder: Container, key: string, value: unknown): boolean {
	Object.assign(holder, { [key]: value });
	return true;
}

function read(holder: Container, key: string): unknown {
	return Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined;
}

function isContainer(value: unknown): value is Container {
	return typeof value === 'object' && value !== null;
}
