import { printJson } from '../codec/json.ts';
import { parseYaml } from '../codec/yaml.ts';
import { reasonOf } from '../core/errors.ts';

/** How data that is being typed is read: what each part is taken for, or why it cannot be read. */
export type DataReading =
	| { readonly kind: 'well'; readonly types: string; readonly bytes: number }
	| { readonly kind: 'wrong'; readonly says: string };

/** YAML, or JSON, which is YAML too; nothing typed is an empty mapping. */
export function dataReading(text: string): DataReading {
	if (text.trim() === '') return { kind: 'well', types: 'no data', bytes: 2 };
	try {
		const value = parseYaml(text);
		return { kind: 'well', types: typesOf(value), bytes: Buffer.byteLength(printJson(value)) };
	} catch (error) {
		return { kind: 'wrong', says: reasonOf(error) };
	}
}

function typesOf(value: unknown): string {
	if (Array.isArray(value) || kindOf(value) !== 'map') return typeName(value);
	return entriesOf(value)
		.map(([key, item]) => `${key} ${typeName(item)}`)
		.join(' · ');
}

function typeName(value: unknown): string {
	const kind = kindOf(value);
	if (Array.isArray(value)) return `list(${value.length})`;
	return kind === 'map' ? `map(${entriesOf(value).length})` : kind;
}

function kindOf(value: unknown): 'null' | 'bool' | 'int' | 'float' | 'str' | 'bytes' | 'map' {
	if (value === null || value === undefined) return 'null';
	if (typeof value === 'boolean') return 'bool';
	if (typeof value === 'bigint') return 'int';
	if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
	if (typeof value !== 'object') return 'str';
	return value instanceof Uint8Array ? 'bytes' : 'map';
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
	if (value instanceof Map) return [...value].map(([key, item]) => [String(key), item]);
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
