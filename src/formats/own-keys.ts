import type { Bounds } from '../core/bounds.ts';
import type { Facts } from '../core/facts.ts';
import type { Peek } from '../core/format.ts';
import type { KeyMap } from '../core/key-map.ts';
import { jsonKeyAt, nothingYet, takeMember } from './json-peek.ts';
import { afterValue, isObject, memberAt } from './json-scan.ts';
import { brief, get, text } from './values.ts';

/** A source's own keys: looked at after the usual ones, and over them. */
export type OwnKeys = {
	/** Allocates nothing; leaves what no key of its own tells. */
	peek(at: Bounds, out: Peek): void;
	facts(facts: Facts, data: unknown): Facts;
};

/** A path as bytes: the whole of it as one key, and its parts between dots. */
type Path = { readonly whole: Uint8Array; readonly parts: readonly Uint8Array[] };

/** What is looked for: under which of our places it counts, and the paths, the best one first. */
type Wanted = { readonly place: number; readonly paths: readonly Path[] };

export function ownKeys(map: KeyMap): OwnKeys {
	const wanted = (['severity', 'time', 'host', 'tag'] as const).map((what): Wanted => {
		return { place: placeOf(what), paths: (map[what] ?? []).map(pathOf) };
	});
	return {
		peek({ body, bodyStart, bodyEnd }, out) {
			if (!isObject(body, bodyStart, bodyEnd)) return;
			for (const { place, paths } of wanted) take(place, paths, body, bodyStart, bodyEnd, out);
		},
		facts(facts, data) {
			const host = found(data, map.host, text);
			const summary = found(data, map.message, (value) => value);
			return {
				...facts,
				...(host === undefined ? {} : { host, who: host }),
				...(summary === undefined ? {} : { summary: brief(summary) }),
			};
		},
	};
}

/** The place of a usual key of that meaning: what is under our own counts as if it stood there. */
function placeOf(key: string): number {
	const bytes = quotedKey(key);
	return jsonKeyAt(bytes, 0, bytes.length);
}

function pathOf(path: string): Path {
	return { whole: quotedKey(path), parts: path.split('.').map(quotedKey) };
}

function quotedKey(key: string): Uint8Array {
	return Buffer.from(JSON.stringify(key));
}

/** Reads the first of the paths that tells what it promises. */
function take(
	place: number,
	paths: readonly Path[],
	body: Uint8Array,
	start: number,
	end: number,
	out: Peek,
): void {
	for (const path of paths) {
		const value = valueAt(path, body, start, end);
		if (value < 0) continue;
		const behind = afterValue(body, value, end);
		if (takeMember(place, body, value, behind, nothingYet, out) !== nothingYet) return;
	}
}

/** Where the value of a path is within the object at `start`; -1 where there is none. */
function valueAt({ whole, parts }: Path, body: Uint8Array, start: number, end: number): number {
	const value = memberAt(body, start, end, whole);
	if (value >= 0 || parts.length === 1) return value;
	let at = start;
	let behind = end;
	for (const part of parts) {
		if (at < 0 || !isObject(body, at, behind)) return -1;
		at = memberAt(body, at, behind, part);
		behind = at < 0 ? -1 : afterValue(body, at, behind);
	}
	return at;
}

function memberOf(data: unknown, path: string): unknown {
	const whole = get(data, path);
	return whole === undefined ? path.split('.').reduce<unknown>(get, data) : whole;
}

/** What the first path that tells something tells. */
function found<T>(
	data: unknown,
	paths: readonly string[] = [],
	read: (value: unknown) => T | undefined,
): T | undefined {
	for (const path of paths) {
		const value = read(memberOf(data, path));
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}
