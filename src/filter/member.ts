import type { Member } from '../core/criterion.ts';
import { isFactKey } from './known-keys.ts';
import type { LeafTest } from './leaf-test.ts';
import { namesIn } from './lookup.ts';

const [quote, backslash, colon, minus] = [0x22, 0x5c, 0x3a, 0x2d] as const;
/** More digits may be more than a double holds. */
const mostDigits = 15;
const longestText = 256;
/** What stands in the place of a secret: it is in no bytes. */
const redacted = '***';
/** Names that no format spells otherwise, and no index of a list. */
const plainName = /^[A-Za-z_][\w-]*$/;
const words = new Map<string, boolean | null>([
	['true', true],
	['fals', false],
	['null', null],
]);

/** The member whose value the test is of; undefined where the key names something else than a path in the data. */
export function memberOf(key: string, test: LeafTest): Member | undefined {
	const name = namesIn(key).at(-1);
	if (name === undefined || !plainName.test(name) || !key.endsWith(name)) return undefined;
	if (isFactKey(key) || key === 'run' || test(redacted)) return undefined;
	return {
		nameEnd: Buffer.from(`${name}"`),
		mayHold: (bytes, at, end) => mayHold(bytes, at, end, test),
	};
}

/** Texts without escapes and short whole numbers are what they look like; of all else only decoding tells. */
function mayHold(bytes: Buffer, behindKey: number, end: number, test: LeafTest): boolean {
	const behind = afterSpace(bytes, behindKey, end);
	if (bytes[behind] !== colon || behind >= end) return false;
	const at = afterSpace(bytes, behind + 1, end);
	const first = bytes[at] ?? 0;
	if (first === quote) return mayBeText(bytes, at + 1, end, test);
	if (first === minus || isDigit(first)) return mayBeNumber(bytes, at, end, test);
	const word = words.get(bytes.toString('latin1', at, Math.min(end, at + 4)));
	return word === undefined || test(word);
}

function mayBeText(bytes: Buffer, start: number, end: number, test: LeafTest): boolean {
	const near = Math.min(end, start + longestText);
	for (let at = start; at < near; at++) {
		const byte = bytes[at] ?? 0;
		if (byte === quote) return test(bytes.toString('latin1', start, at));
		if (byte === backslash || byte >= 0x80) return true;
	}
	return true;
}

function mayBeNumber(bytes: Buffer, start: number, end: number, test: LeafTest): boolean {
	const isNegative = bytes[start] === minus;
	const first = isNegative ? start + 1 : start;
	let number = 0;
	let at = first;
	for (; at < end && isDigit(bytes[at] ?? 0); at++) number = number * 10 + (bytes[at] ?? 0) - 0x30;
	const isWhole = at > first && at - first <= mostDigits && !isNumberGoingOn(bytes[at] ?? 0);
	// -0 is a number of its own.
	if (!isWhole || (isNegative && number === 0)) return true;
	return test(isNegative ? -number : number);
}

/** A point or an exponent. */
function isNumberGoingOn(byte: number): boolean {
	return byte === 0x2e || (byte | 0x20) === 0x65;
}

function isDigit(byte: number): boolean {
	return byte >= 0x30 && byte <= 0x39;
}

function afterSpace(bytes: Buffer, from: number, end: number): number {
	let at = from;
	while (at < end && (bytes[at] ?? 0) <= 0x20) at++;
	return at;
}
