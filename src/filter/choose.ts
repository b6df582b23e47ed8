import { hasGlob } from './glob.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';
import type { Field, Filter } from './syntax.ts';

/** What a filter says of one value of a key: only it (among others), not it, or nothing. */
export type Choice = 'only' | 'not' | 'any';

/** A value as it is chosen: of `tag` a pattern, of every other key the value itself. */
export type Chosen = { readonly key: string; readonly value: string };

/** Throws a FilterError on what is no filter. */
export function choiceOf(text: string, { key, value }: Chosen): Choice {
	for (const part of partsOf(text)) {
		const field = fieldOf(part);
		if (field?.key === key && field.values.some((one) => one.text === value)) {
			return part.kind === 'not' ? 'not' : 'only';
		}
	}
	return 'any';
}

/** The filter that chooses so; a CEL expression is left as it is. `only` joins what is already chosen of the key. */
export function withChoice(text: string, chosen: Chosen, choice: Choice): string {
	const parts = partsOf(text);
	if (parts.some(({ kind }) => kind === 'cel')) return text;
	const others = parts.flatMap((part) => without(part, chosen));
	if (choice === 'any') return printed(others);
	if (choice === 'not')
		return printed([...others, { kind: 'not', part: field(chosen), ...nowhere }]);
	const known = others.findIndex((part) => part.kind === 'field' && isChoiceOf(part, chosen.key));
	if (known < 0) return printed([...others, field(chosen)]);
	return printed(others.map((part, at) => (at === known ? joined(part, chosen) : part)));
}

/** The filter without all it says of a key: what is counted there must not hide itself. */
export function withoutKey(text: string, key: string): string {
	const parts = partsOf(text).filter((part) => fieldOf(part)?.key !== key);
	return printed(parts);
}

const nowhere = { start: 0, end: 0 } as const;

function partsOf(text: string): readonly Filter[] {
	const filter = parseFilter(text);
	if (filter.kind === 'all') return [];
	return filter.kind === 'and' ? filter.parts : [filter];
}

function printed(parts: readonly Filter[]): string {
	const [only] = parts;
	if (!only) return '';
	return printFilter(parts.length === 1 ? only : { kind: 'and', parts, ...nowhere });
}

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
