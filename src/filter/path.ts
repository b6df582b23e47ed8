import { textOf } from './compare.ts';
import { quoted, readQuoted } from './lexemes.ts';

/** One step of a path: a name, or any element. */
export type Step = { readonly name: string } | 'any';

/** A key as a path: `data.return.*.result`, `["a.b"].c`, `list[0]`. */
export function pathOf(key: string): readonly Step[] {
	const steps: Step[] = [];
	let at = 0;
	while (at < key.length) {
		if (key.charAt(at) === '.') at++;
		const end = stepEnd(key, at);
		const text = key.slice(at, end);
		steps.push(text === '*' || text === '[*]' ? 'any' : { name: nameOf(text) });
		at = end;
	}
	return steps;
}

function stepEnd(key: string, at: number): number {
	if (key.startsWith('["', at)) return (readQuoted(key, at + 1)?.end ?? key.length) + 1;
	if (key.charAt(at) === '[') return key.indexOf(']', at) + 1;
	const next = key.slice(at).search(/[.[]/u);
	return next < 0 ? key.length : Math.max(at + next, at + 1);
}

function nameOf(text: string): string {
	if (text.startsWith('["')) return readQuoted(text, 1)?.value ?? '';
	return text.startsWith('[') ? text.slice(1, -1) : text;
}

const plainName = /^[\p{L}\p{N}_$@][\p{L}\p{N}_$@-]*$/u;

/** The key of what stands at a path in the data: `data.return["file_|-a"].result`. */
export function keyOf(path: readonly (string | number)[]): string {
	return path.reduce<string>((key, step) => key + stepText(step), 'data');
}

function stepText(step: string | number): string {
	if (typeof step === 'number') return `[${step}]`;
	return plainName.test(step) ? `.${step}` : `[${quoted(step)}]`;
}

/** All values a path leads to in decoded data: none where a name is absent, several behind `*`. Own properties only. */
export function valuesAt(data: unknown, path: readonly Step[]): readonly unknown[] {
	let found: readonly unknown[] = [data];
	for (const step of path) {
		found = found.flatMap((value) =>
			step === 'any' ? elementsOf(value) : childOf(value, step.name),
		);
	}
	return found;
}

function elementsOf(value: unknown): readonly unknown[] {
	if (Array.isArray(value)) return value;
	if (value instanceof Map) return [...value.values()];
	return isRecord(value) ? Object.values(value) : [];
}

function childOf(value: unknown, name: string): readonly unknown[] {
	if (value instanceof Map) return entriesNamed(value, name);
	const isContainer = Array.isArray(value) || isRecord(value);
	if (!isContainer || name === 'length' || !Object.hasOwn(value, name)) return [];
	return [Reflect.get(value, name)];
}

/** A map whose keys need not be text: `5` names the number too. */
function entriesNamed(map: ReadonlyMap<unknown, unknown>, name: string): readonly unknown[] {
	return [...map].filter(([key]) => textOf(key) === name).map(([, value]) => value);
}

/** Whether a value is a map of names, not a list or bytes. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
