import type { Bounds } from '../core/bounds.ts';
import type { Format } from '../core/format.ts';
import { falco, json, salt, text } from './registry.ts';

/** The most particular first: Falco's line is JSON too, and everything is text. */
const byCertainty: readonly Format[] = [falco, salt, json, text];

/** The format of a message, among those with these ids, or among all where none is given; text where none fits. Allocates nothing. */
export function recognise(at: Bounds, ids: readonly string[] = []): Format {
	for (const format of byCertainty) {
		const isAllowed = ids.length === 0 || ids.includes(format.id);
		if (isAllowed && format.recognises(at)) return format;
	}
	return text;
}
