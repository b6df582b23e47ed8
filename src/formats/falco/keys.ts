import { keysOf, placeOf } from '../json-scan.ts';

/** Keys of Falco's JSON, by their place among the names to look for. */
export const falcoKey = {
	rule: 0,
	priority: 1,
	time: 2,
	hostname: 3,
	output_fields: 4,
	output: 5,
	uuid: 6,
	message: 7,
	outputs: 8,
	specversion: 9,
	event: 10,
	data: 11,
	type: 12,
} as const;

const names = Object.keys(falcoKey);
const capitalised = names.map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
const keys = keysOf([...names, ...capitalised]);

/** Which of Falco's keys stands between its quotes at `key` and before `keyEnd`, also capitalised, as some senders have it; -1 for none. */
export function falcoKeyAt(bytes: Uint8Array, key: number, keyEnd: number): number {
	const place = placeOf(bytes, key, keyEnd, keys);
	return place < names.length ? place : place - names.length;
}
