import { parseYaml, printYaml } from '../codec/yaml.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Json, JsonObject } from '../core/plan.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';

type Edit = Extract<Model['overlays'][number], { kind: 'edit' }>;

/** Parameters as the edit form shows them. */
export function paramsText(params: JsonObject): string {
	return printYaml(params).trimEnd();
}

/** Why the typed parameters cannot be proposed. */
export function whyNoProposal({ at, params }: Edit): string | undefined {
	if (at !== 'buttons') return 'leave the field first';
	try {
		readParams(params.text);
		return undefined;
	} catch (thrown) {
		if (thrown instanceof Failure) return reasonOf(thrown);
		throw thrown;
	}
}

export function proposal({ approval, params }: Edit): readonly Message[] {
	return [{ type: 'edit.sent', approval, params: readParams(params.text) }];
}

/** A mapping of what JSON can hold; a whole number beyond what JSON's are exact for becomes text. */
function readParams(text: string): JsonObject {
	const value = json(parseYaml(text));
	if (isObject(value)) return value;
	throw new Failure('usage', 'parameters are a map: name: value');
}

function json(value: unknown): Json {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean' || typeof value === 'string') return value;
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	if (typeof value === 'bigint') return String(value);
	if (Array.isArray(value)) return value.map(json);
	if (typeof value !== 'object' || ArrayBuffer.isView(value)) {
		throw new Failure('usage', `parameters cannot hold ${String(value)}`);
	}
	const entries = value instanceof Map ? [...value] : Object.entries(value);
	return Object.fromEntries(entries.map(([key, item]) => [String(key), json(item)]));
}

function isObject(value: Json): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
