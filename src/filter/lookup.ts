import type { Decoded } from '../core/criterion.ts';
import { isFactKey } from './known-keys.ts';
import { pathOf, type Step, valuesAt } from './path.ts';

/** All values a key has in an event; none where it is absent. */
export type Lookup = (event: Decoded) => readonly unknown[];

/** How a key is looked up: a fact by its name, else an exact flat field, else a path in the data. */
export function lookupOf(key: string): Lookup {
	if (isFactKey(key)) return ({ facts }) => presentOnly(facts[key]);
	if (key === 'run') return ({ facts }) => facts.ids;
	return lookupInData(key);
}

/** The same for what is no built-in name. `data.` in front may be left out; a flat field's name is looked up whole. */
function lookupInData(key: string): Lookup {
	const steps = pathOf(key);
	const flat = flatName(key, steps);
	const path = nameAt(steps, 0) === 'data' ? steps.slice(1) : steps;
	return ({ fields, data }) => {
		if (fields !== undefined && Object.hasOwn(fields, flat)) return presentOnly(fields[flat]);
		return valuesAt(data, path);
	};
}

/** The names that occur, each whole, in the bytes of every event that has the key. */
export function namesIn(key: string): readonly string[] {
	const steps = pathOf(key);
	return steps
		.slice(nameAt(steps, 0) === 'data' ? 1 : 0)
		.flatMap((step) => (step === 'any' ? [] : [step.name]));
}

function flatName(key: string, steps: readonly Step[]): string {
	return steps.length === 1 ? (nameAt(steps, 0) ?? key) : key;
}

function nameAt(steps: readonly Step[], index: number): string | undefined {
	const step = steps[index];
	return step === undefined || step === 'any' ? undefined : step.name;
}

function presentOnly(value: unknown): readonly unknown[] {
	return value === undefined ? [] : [value];
}
