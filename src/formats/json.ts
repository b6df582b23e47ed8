import { oneLineJson, parseJson, printJson } from '../codec/json.ts';
import type { Block } from '../core/block.ts';
import { clearPeek, type Format } from '../core/format.ts';
import { ifRoom } from '../core/if-room.ts';
import { factsOf } from './facts.ts';
import { hostKeys, idKeys, messageKeys } from './json-keys.ts';
import { peekJson } from './json-peek.ts';
import { isObject } from './json-scan.ts';
import { Shapes } from './json-shapes.ts';
import { brief, get, isMap, scalars, text, word } from './values.ts';

/** Any JSON object: the keys that most loggers share tell its severity, time, host and text. */
export const json: Format = {
	id: 'json',
	recognises: ({ body, bodyStart, bodyEnd }) => isObject(body, bodyStart, bodyEnd),
	peek: peekJson,
	peeker() {
		const shapes = ifRoom(() => new Shapes());
		if (!shapes) return undefined;
		return {
			turnTo: (region) => shapes.turnTo(region),
			peek(at, out) {
				if (shapes.read(at.bodyStart, at.bodyEnd, out)) return;
				clearPeek(out);
				peekJson(at, out);
				shapes.learn(at.bodyStart, at.bodyEnd);
			},
		};
	},
	decode: parseJson,
	oneLine: oneLineJson,
	encode: (data) => Buffer.from(printJson(data)),
	facts(_tag, data) {
		const host = hostOf(data);
		return factsOf({
			who: host,
			summary: summaryOf(data),
			host,
			user: text(get(data, 'user')),
			ids: idKeys.map((key) => word(get(data, key))),
		});
	},
	pretty: (_tag, data): readonly Block[] => [
		{ type: 'heading', text: summaryOf(data) },
		{ type: 'tree', label: 'data', value: data },
	],
};

/** The first host that is a text; else the name within an object `host`. */
function hostOf(data: unknown): string | undefined {
	return first(data, hostKeys) ?? text(get(get(data, 'host'), 'name'));
}

function summaryOf(data: unknown): string {
	if (!isMap(data)) return brief(data);
	const message = first(data, messageKeys) ?? first(get(data, 'data'), messageKeys);
	return brief(message ?? (scalars(data, () => false) || data));
}

function first(data: unknown, keys: readonly string[]): string | undefined {
	return keys.map((key) => text(get(data, key))).find((found) => found !== undefined);
}
