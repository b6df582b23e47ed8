import { pairs } from './values.ts';

const secretName =
	/passw(or)?d|passphrase|secret|token|api_?key|key_?pass|private_?key|credential|^eauth$|^(proxy-)?authorization$|^(set-)?cookie$/i;
const secretArgument = /^[\w-]*(passw(or)?d|secret|token|api_?key|key_?pass)[\w-]*=/i;

/** What stands where a secret was. */
export const hidden = '***';

/** The same value with what is named like a secret hidden; the very same where it holds none. */
export function withoutSecrets(value: unknown): unknown {
	if (typeof value === 'string') return withoutArgument(value);
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
	if (!Array.isArray(value)) return replaced(value, (key, item) => shown(key, item));
	const items = value.map(withoutSecrets);
	return items.some((item, index) => item !== value[index]) ? items : value;
}

/** The same map with each value as `say` gives it; the very same where it gives back what it got. */
export function replaced(map: unknown, say: (key: unknown, value: unknown) => unknown): unknown {
	const before = pairs(map);
	const after = before.map(([key, value]) => [key, say(key, value)] as const);
	if (after.every(([, value], index) => Object.is(value, before[index]?.[1]))) return map;
	if (map instanceof Map) return new Map(after);
	const record: Record<string, unknown> = Object.create(null);
	for (const [key, value] of after) record[String(key)] = value;
	return record;
}

function shown(key: unknown, value: unknown): unknown {
	const isNamed = typeof key === 'string' && secretName.test(key);
	return isNamed && tells(value) ? hidden : withoutSecrets(value);
}

/** Nothing and yes or no give nothing away. */
function tells(value: unknown): boolean {
	return value !== null && value !== '' && typeof value !== 'boolean';
}

function withoutArgument(text: string): string {
	const found = text.includes('=') ? secretArgument.exec(text) : null;
	return found === null ? text : `${found[0]}${hidden}`;
}
