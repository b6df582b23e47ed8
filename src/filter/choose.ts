import { hasGlob } from './glob.ts';
import { parseFilter } from './parse.ts';
import { printParts, topParts } from './parts.ts';
import type { Field, Filter } from './syntax.ts';

/** What a filter says of one value of a key: only it (among others), not it, or nothing. */
export type Choice = 'only' | 'not' | 'any';

/** A value as it is chosen: of `tag` a pattern, of every other key the value itself. */
export type Chosen = { readonly key: string; readonly value: string };

/** What a filter says of values, each asked for by itself. Throws a FilterError on what is no filter. */
export function choicesIn(text: string): (chosen: Chosen) => Choice {
	const parts = topParts(parseFilter(text));
	return ({ key, value }) => {
		const found = parts.find((part) => {
			const field = fieldOf(part);
			return field?.key === key && field.values.some((one) => one.text === value);
		});
		if (!found) return 'any';
		return found.kind === 'not' ? 'not' : 'only';
	};
}

/** The filter that chooses so; a CEL expression is left as it is. `only` joins what is already chosen of the key. */
export function withChoice(text: string, chosen: Chosen, choice: Choice): string {
	const parts = topParts(parseFilter(text));
	if (parts.some(({ kind }) => kind === 'cel')) return text;
	const others = parts.flatMap((part) => without(part, chosen));
	if (choice === 'any') return printParts(others);
	if (choice === 'not')
		return printParts([...others, { kind: 'not', part: field(chosen), ...nowhere }]);
	const known = others.findIndex((part) => part.kind === 'field' && isChoiceOf(part, chosen.key));
	if (known < 0) return printParts([...others, field(chosen)]);
	return printParts(others.map((part, at) => (at === known ? joined(part, chosen) : part)));
}

/** The filter without all it says of a key: what is counted there must not hide itself. */
export function withoutKey(text: string, key: string): string {
	const parts = topParts(parseFilter(text)).filter((part) => fieldOf(part)?.key !== key);
	return printParts(parts);
}

const nowhere = { start: 0, end: 0 } as const;

/** The field a part asks for or against, where it does just that. */
function fieldOf(part: Filter): Field | undefined {
	const inner = part.kind === 'not' ? part.part : part;
	return inner.kind === 'field' ? inner : undefined;
}

function field({ key, value }: Chosen): Field {
	const operator = key !== 'tag' && hasGlob(value) ? '=' : ':';
	return { kind: 'field', key, operator, values: [{ text: value, ...nowhere }], ...nowhere };
}

function isChoiceOf(part: Field, key: string): boolean {
	return part.key === key && (part.operator === ':' || part.operator === '=');
}

function without(part: Filter, { key, value }: Chosen): readonly Filter[] {
	const asked = fieldOf(part);
	if (!asked || !isChoiceOf(asked, key)) return [part];
	const values = asked.values.filter((one) => one.text !== value);
	if (values.length === 0) return [];
	const rest = { ...asked, values };
	return [part.kind === 'not' ? { ...part, part: rest } : rest];
}

function joined(part: Filter, { value }: Chosen): Filter {
	if (part.kind !== 'field') return part;
	return { ...part, values: [...part.values, { text: value, ...nowhere }] };
}
