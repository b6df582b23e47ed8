import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import type { JsonObject } from '../core/plan.ts';
import { isReference } from '../core/secret.ts';
import { asObject } from '../template/as-json.ts';
import type { Playbook } from './playbook.ts';
import type { InputSpec } from './schema.ts';

/** What earlier runs of the same playbook have done: the published values of each finished step, by its id. */
export const doneKey = 'done';

/** A playbook's parameters, complete. Throws a Failure whose sentence names what is wrong. */
export function inputsOf({ name, inputs }: Playbook, raw: unknown): JsonObject {
	const given = new Map<string, unknown>(Object.entries(Object(raw ?? {})));
	const known = inputs.map((input) => input.name);
	for (const key of given.keys()) {
		if (!known.includes(key) && key !== doneKey) {
			throw new Failure('usage', `${name}: takes no ${key}${didYouMean(key, known)}`);
		}
	}
	const values = inputs.flatMap((input): [string, unknown][] => {
		const value = checked(name, input, given.get(input.name) ?? input.default);
		return value === undefined ? [] : [[input.name, value]];
	});
	const done = given.get(doneKey);
	return asObject(new Map([...values, ...(done === undefined ? [] : [[doneKey, done] as const])]));
}

function checked(playbook: string, input: InputSpec, value: unknown): unknown {
	const refuse = (says: string) => new Failure('usage', `${playbook}: ${input.name} ${says}`);
	if (value === undefined || value === null || value === '') {
		if (input.required) throw refuse('is missing');
		return undefined;
	}
	const read = readAs(input.type, value);
	if (read === undefined) throw refuse(`is no ${input.type}`);
	if (input.enum !== undefined && !input.enum.some((one) => one === read)) {
		throw refuse(`is none of ${input.enum.join(', ')}`);
	}
	if (input.secret && !isReference(String(read))) {
		throw refuse('is a secret: name it by file:, env: or cmd:');
	}
	return read;
}

/** The command line gives texts; undefined for what cannot be of that type. */
function readAs(type: InputSpec['type'], value: unknown): unknown {
	switch (type) {
		case 'string':
			return typeof value === 'string' ? value : undefined;
		case 'number': {
			const number = typeof value === 'string' ? Number(value) : value;
			return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
		}
		case 'boolean':
			if (value === 'true' || value === 'false') return value === 'true';
			return typeof value === 'boolean' ? value : undefined;
		case 'list':
			return Array.isArray(value) ? value : undefined;
		case 'map':
			return typeof value === 'object' && !Array.isArray(value) ? value : undefined;
	}
}
