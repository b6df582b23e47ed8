import type { Criterion } from '../core/criterion.ts';
import { any } from './combine.ts';
import { foldedAscii, foldedRun, foldedTest } from './folding.ts';
import { occursIn } from './occurs.ts';

const isAscii = /^[\0-\x7f]*$/u;
/** What Unicode folds to an ASCII letter: the long s and the Kelvin sign. */
const strangers = [
	['s', 'ſ'],
	['k', '\u212a'],
] as const;

/**
 * A word by smart case: small letters find capitals too, by Unicode's simple folding; one capital makes all letters
 * mean themselves. Bytes tell of ASCII, and where other letters may be; the text tells of those.
 */
export function wordCriterion(word: string): Criterion {
	if (word === '') return { kind: 'all' };
	if (!isFolding(word)) return { kind: 'literal', bytes: Buffer.from(word) };
	const test = foldedTest(word);
	if (!isAscii.test(word)) {
		const literal = foldedRun(word);
		return { kind: 'text', test, ...(literal && { literal }) };
	}
	const odd = strangers.filter(([letter]) => word.includes(letter));
	return any([
		{ kind: 'literal', ...foldedAscii(word) },
		...odd.map(([, stranger]): Criterion => {
			return { kind: 'text', test, literal: { bytes: Buffer.from(stranger) } };
		}),
	]);
}

/** The same as a test of one event. */
export function wordTest(word: string): (tag: string, body: Uint8Array) => boolean {
	if (!isFolding(word)) {
		const needle = { bytes: Buffer.from(word) };
		return (tag, body) => occursIn(needle, tag, body);
	}
	const test = foldedTest(word);
	return (tag, body) => test(tag) || test(new TextDecoder().decode(body));
}

function isFolding(word: string): boolean {
	return !/[\p{Lu}\p{Lt}]/u.test(word) && /\p{Changes_When_Casemapped}/u.test(word);
}
