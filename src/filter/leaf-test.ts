import { equalTo, ordered, textOf } from './compare.ts';
import { globTest, hasGlob } from './glob.ts';
import { refusing, type Scope } from './refuse.ts';
import { regexTest } from './regex.ts';
import type { Operator, Value } from './syntax.ts';

/** What one value of a filter says of one value of an event; `!=` is the caller's to invert. */
export type LeafTest = (leaf: unknown) => boolean;

/** The test of data that may be text or numbers: `:` and `=` find 5 in "5.0". */
export function leafTest(operator: Operator, value: Value, scope: Scope): LeafTest {
	const { text, start } = value;
	switch (operator) {
		case ':':
			return hasGlob(text) ? globLeaf(text) : equalTo(text);
		case '=':
		case '!=':
			return equalTo(text);
		case '~':
			return onText(refusing(scope, start, () => regexTest(text)));
		default:
			return ordered(operator, text);
	}
}

/** The test of what is always text: a tag, a name. */
export function textTest(
	operator: Operator,
	value: Value,
	scope: Scope,
): (text: string) => boolean {
	if (operator === ':') return globTest(value.text);
	if (operator === '=' || operator === '!=') return (text) => text === value.text;
	return leafTest(operator, value, scope);
}

function globLeaf(pattern: string): LeafTest {
	return onText(globTest(pattern));
}

function onText(test: (text: string) => boolean): LeafTest {
	return (leaf) => {
		const text = textOf(leaf);
		return text !== undefined && test(text);
	};
}
