import type { Cell } from './cell.ts';

/** Escapes, counted blanks and the mark of a cut, as safe text writes them on a screen. */
const screenMark = /([\u2400-\u2426](?:×\d+)?|⟨[^⟩]*⟩|…\+\d+$)/u;
/** The same on a screen of ASCII. */
const asciiMark = /(\\(?:[enrt\\]|x[0-9a-f]{2}|[us]\{[0-9a-f]+\})|\.\.\.\+\d+$)/;

/**
 * A cell's text in parts, the sender's and ours by turns, beginning with the sender's: what stands for something
 * else has a look that no sender can give.
 */
export function partsOf({ text, raw }: Cell, isAscii: boolean): readonly string[] {
	if (raw === undefined) return [text];
	return text.split(isAscii ? asciiMark : screenMark);
}
