import { severityWords } from '../core/severity.ts';
import { ascii, isWord } from './bytes.ts';

const words = [...severityWords].map(([word, rank]) => ({ bytes: ascii(word), rank }));

/** The rank that a word or a syslog number (`0` to `7`) names, or -1. Allocates nothing. */
export function severityAt(bytes: Uint8Array, start: number, end: number): number {
	if (end - start === 1) return syslogRank((bytes[start] ?? 0) - 0x30);
	for (const word of words) {
		if (isWord(bytes, start, end, word.bytes)) return word.rank;
	}
	return -1;
}

export function syslogRank(number: number): number {
	return number >= 0 && number <= 7 && Number.isInteger(number) ? number : -1;
}
