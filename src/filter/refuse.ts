import { FilterError } from './filter-error.ts';
import { RegexError } from './regex.ts';
import type { Field, Operator } from './syntax.ts';

/** What compiling a part may need of the whole: the filter's text, for errors, and the time it is read. */
export type Scope = { readonly text: string; readonly now: number };

/** Makes a regular expression's test; what RE2 refuses becomes a FilterError at its place after `start`. */
export function refusing<T>({ text }: Scope, start: number, make: () => T): T {
	try {
		return make();
	} catch (thrown) {
		if (!(thrown instanceof RegexError)) throw thrown;
		const found = thrown.part === undefined ? -1 : text.indexOf(thrown.part, start);
		throw new FilterError(text, found < 0 ? start : found, thrown.message, { cause: thrown });
	}
}

/** Throws where a field's operator means nothing for its key. */
export function expectOperators(
	{ key, operator, start }: Field,
	allowed: readonly Operator[],
	{ text }: Scope,
): void {
	if (allowed.includes(operator)) return;
	const says = `${key} takes ${allowed.join(' ')}, not ${operator}`;
	throw new FilterError(text, start + key.length, says);
}
