import type { Criterion, Member, Needle } from '../core/criterion.ts';
import { all, any } from './combine.ts';
import { columns } from './compile-column.ts';
import { hasGlob } from './glob.ts';
import { isFactKey } from './known-keys.ts';
import { type LeafTest, leafTest, textTest } from './leaf-test.ts';
import { literalOfRegex, plainOfGlob, spelledRun } from './literal.ts';
import { type Lookup, lookupOf, namesIn } from './lookup.ts';
import { memberOf } from './member.ts';
import { expectOperators, type Scope } from './refuse.ts';
import type { Field, Operator, Value } from './syntax.ts';

/** A field as a test: of a column where the log has one, else of decoded data. */
export function compileField(field: Field, scope: Scope): Criterion {
	if (field.key === 'has') return compileHas(field, scope);
	const column = columns.get(field.key);
	if (column === undefined) return compileData(field, scope);
	const each = field.values.map((value) => column(field, value, scope));
	return field.operator === '!=' ? all(each) : any(each);
}

function compileData({ key, operator, values }: Field, scope: Scope): Criterion {
	const lookup = lookupOf(key);
	const tests = values.map((value) => dataTest(key, operator, value, scope));
	if (operator === '!=') {
		const isOther: LeafTest = (leaf) => !tests.some((test) => test(leaf));
		return decoded(lookup, isOther, nameNeedle(key));
	}
	return any(
		values.map((value, index) => {
			const test = tests[index] ?? (() => false);
			const needle = valueNeedle(key, operator, value.text) ?? nameNeedle(key);
			return decoded(lookup, test, needle, memberOf(key, test));
		}),
	);
}

function decoded(
	lookup: Lookup,
	test: LeafTest,
	literal: Needle | undefined,
	member?: Member,
): Criterion {
	return {
		kind: 'decoded',
		test: (event) => lookup(event).some(test),
		...(literal && { literal }),
		...(member && { member }),
	};
}

/** Facts but the return code are text: `pod:5` is not "5.0". */
function dataTest(key: string, operator: Operator, value: Value, scope: Scope): LeafTest {
	if (!isTextFact(key)) return leafTest(operator, value, scope);
	const test = textTest(operator, value, scope);
	return (leaf) => typeof leaf === 'string' && test(leaf);
}

function isTextFact(key: string): boolean {
	return (isFactKey(key) && key !== 'rc') || key === 'run';
}

function valueNeedle(key: string, operator: Operator, text: string): Needle | undefined {
	if (key === 'run') return undefined;
	const mayBeScalar = !isTextFact(key);
	if (operator === '~') return spelledRun(literalOfRegex(text), mayBeScalar);
	if (operator === ':' && hasGlob(text)) return spelledRun(plainOfGlob(text), mayBeScalar);
	return operator === ':' || operator === '=' ? spelledRun(text, mayBeScalar) : undefined;
}

/** A path's names stand in the bytes of each event that has it; a fact may come from anywhere. */
function nameNeedle(key: string): Needle | undefined {
	if (isFactKey(key) || key === 'run') return undefined;
	return spelledRun(namesIn(key).join(' '), true);
}

function compileHas(field: Field, scope: Scope): Criterion {
	expectOperators(field, [':'], scope);
	return any(field.values.map(({ text }) => presence(text)));
}

function presence(key: string): Criterion {
	if (key === 'subject') return { kind: 'tag', transportOnly: true, test: () => true };
	if (key === 'host') return { kind: 'host', test: () => true };
	if (columns.has(key)) return { kind: 'all' };
	return decoded(lookupOf(key), () => true, nameNeedle(key));
}
