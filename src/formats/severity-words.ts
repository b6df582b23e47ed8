import { severityWords } from '../core/severity.ts';
import { ascii, isWord } from './bytes.ts';

/** The longest word that names a severity has this many letters. */
const longest = 16;

type Word = { readonly bytes: Uint8Array; readonly rank: number };

/** The words that name a severity, by length and first letter: hardly ever is more than one compared. */
const words: readonly (readonly Word[])[] = Array.from({ length: (longest + 1) * 32 }, (_, slot) =>
	[...severityWords]
		.filter(([word]) => slotOf(word.length, word.charCodeAt(0)) === slot)
		.map(([word, rank]) => ({ bytes: ascii(word), rank })),
);
const none: readonly Word[] = [];

/** The rank that a word or a syslog number (`0` to `7`) names, or -1. Allocates nothing. */
export function severityAt(bytes: Uint8Array, start: number, end: number): number {
	const length = end - start;
	const first = bytes[start] ?? 0;
	if (length === 1) return syslogRank(first - 0x30);
	const candidates = (length <= longest && words[slotOf(length, first)]) || none;
	for (let index = 0; index < candidates.length; index += 1) {
		const word = candidates[index];
		if (word !== undefined && isWord(bytes, start, end, word.bytes)) return word.rank;
	}
	return -1;
}

function slotOf(length: number, letter: number): number {
	return length * 32 + (letter & 31);
}

export function syslogRank(number: number): number {
	return number >= 0 && number <= 7 && Number.isInteger(number) ? number : -1;
}
