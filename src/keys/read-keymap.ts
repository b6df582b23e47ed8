import { parseYamlDocument, type YamlDocument } from '../codec/yaml.ts';
import { Failure } from '../core/errors.ts';
import type { Stroke } from '../core/stroke.ts';
import { type ContextName, contextNames } from '../state/contexts.ts';
import type { Binding, Group, Keymap, Origin } from './keymap.ts';
import { isStroke } from './stroke-name.ts';

const keymapVersion = 'eventctl/v1';

type Step = string | number;
type Reader = { readonly file: string; readonly document: YamlDocument };

/** A keymap's YAML, or a difference's. Throws a Failure (`config`) that names file, line and column. */
export function readKeymap(text: string, file: string): Keymap {
	const reader = { file, document: parsed(text, file) };
	const root = mapAt(reader, reader.document.value, []);
	const keymap = new Map<ContextName, Group>();
	for (const [name, value] of root) {
		if (name === 'apiVersion') expectVersion(reader, value);
		else keymap.set(contextAt(reader, name), groupAt(reader, value, [name]));
	}
	return keymap;
}

function parsed(text: string, file: string): YamlDocument {
	try {
		return parseYamlDocument(text);
	} catch (cause) {
		if (!(cause instanceof Failure)) throw cause;
		throw new Failure('config', `${file}: ${cause.message}`, { cause });
	}
}

function expectVersion(reader: Reader, value: unknown): void {
	if (value === keymapVersion) return;
	refuse(
		reader,
		['apiVersion'],
		`apiVersion is ${String(value)}, this eventctl reads ${keymapVersion}`,
	);
}

function contextAt(reader: Reader, name: string): ContextName {
	const context = contextNames.find((known) => known === name);
	return context ?? refuse(reader, [name], `${name} is no context: ${contextNames.join(', ')}`);
}

function groupAt(reader: Reader, value: unknown, path: readonly Step[]): Group {
	const keys = new Map<Stroke, Binding>();
	let title = '';
	for (const [name, inner] of mapAt(reader, value, path)) {
		const at = [...path, name];
		if (name === 'title') title = String(inner);
		else bind(reader, keys, name.split(' '), bindingAt(reader, inner, at), at);
	}
	return { title, keys, origin: originOf(reader, path) };
}

function bindingAt(reader: Reader, value: unknown, path: readonly Step[]): Binding {
	const origin = originOf(reader, path);
	if (value === null) return { kind: 'nothing', origin };
	if (typeof value === 'string') return { kind: 'command', id: value, origin };
	if (typeof value === 'object') return { kind: 'group', ...groupAt(reader, value, path) };
	return refuse(
		reader,
		path,
		`${path.at(-1)} needs a command's id, a map of further keys, or null`,
	);
}

/** `g g` is a way to write a group of one. */
function bind(
	reader: Reader,
	keys: Map<Stroke, Binding>,
	[stroke = '', ...rest]: readonly Stroke[],
	binding: Binding,
	path: readonly Step[],
): void {
	if (!isStroke(stroke)) refuse(reader, path, `${stroke} is no key`);
	const old = keys.get(stroke);
	if (rest.length === 0 && !old) {
		keys.set(stroke, binding);
		return;
	}
	if (rest.length === 0 || (old && old.kind !== 'group')) {
		refuse(reader, path, `${path.join(': ')} and a longer or shorter one hide each other`);
	}
	const inner = new Map(old?.kind === 'group' ? old.keys : []);
	bind(reader, inner, rest, binding, path);
	const title = old?.kind === 'group' ? old.title : '';
	keys.set(stroke, { kind: 'group', title, keys: inner, origin: originOf(reader, path) });
}

function mapAt(
	reader: Reader,
	value: unknown,
	path: readonly Step[],
): readonly [string, unknown][] {
	if (value === null && path.length === 0) return [];
	// A mapping with a key that is no text is a Map: `1: screen.live` is written with a number.
	if (value instanceof Map) return [...value].map(([key, inner]) => [String(key), inner]);
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return Object.entries(value);
	return refuse(reader, path, `${path.join(': ') || 'a keymap'} needs a map of keys`);
}

function originOf({ file, document }: Reader, path: readonly Step[]): Origin {
	return { file, ...document.position(path) };
}

function refuse(reader: Reader, path: readonly Step[], says: string): never {
	const { file, line, column } = originOf(reader, path);
	throw new Failure('config', `${file}, line ${line}, column ${column}: ${says}`);
}
