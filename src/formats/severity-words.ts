import { severityWords } from '../core/severity.ts';
import { ascii, isWord } from './bytes.ts';

type Word = { readonly bytes: Uint8Array; readonly rank: number };

/** The words that name a severity, by their length: hardly ever is more than one compared. */
const words: readonly (readonly Word[])[] = Array.from({ length: 20 }, (_, length) =>
	[...severityWords]
		.filter(([word]) => word.length === length)
		.map(([word, rank]) => ({ bytes: ascii(word), rank })),
);
const none: readonly Word[] = [];

/** The rank that a word or a syslog number (`0` to `7`) names, or -1. Allocates nothing. */
export function severityAt(bytes: Uint8Array, start: number, end: number): number {
	if (end - start === 1) return syslogRank((bytes[start] ?? 0) - 0x30);
	const candidates = words[end - start] ?? none;
	for (let index = 0; index < candidates.length; index += 1) {
		const word = candidates[index];
		if (word !== undefined && isWord(bytes, start, end, word.bytes)) return word.rank;
	}
	return -1;
}

export function syslogRank(number: number): number {
	return number >= 0 && number <= 7 && Number.isInteger(number) ? number : -1;
}
