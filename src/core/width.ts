import { stableWidths } from './stable-widths.ts';

/** Widths of code points, in ranges that do not touch: see `stable-widths.ts` for how they are written. */
type Ranges = {
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	readonly widths: Uint8Array;
};

const stable = readRanges(stableWidths);

export function readRanges(text: string): Ranges {
	const words = text.split(' ');
	const starts = new Uint32Array(words.length);
	const ends = new Uint32Array(words.length);
	const widths = new Uint8Array(words.length);
	let before = 0;
	for (const [at, word] of words.entries()) {
		const dash = word.indexOf('-');
		// What stands behind a number's last digit, parseInt leaves out.
		const start = before + Number.parseInt(word, 36);
		before = dash < 0 ? start : start + Number.parseInt(word.slice(dash + 1), 36);
		starts[at] = start;
		ends[at] = before;
		widths[at] = word.endsWith('!') ? 0 : word.endsWith('+') ? 2 : 1;
	}
	return { starts, ends, widths };
}

/** The width a code point has in these ranges; undefined outside all of them. */
export function widthIn({ starts, ends, widths }: Ranges, code: number): number | undefined {
	let low = 0;
	let high = starts.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ends[middle] ?? 0) < code) low = middle + 1;
		else high = middle;
	}
	return code >= (starts[low] ?? Number.POSITIVE_INFINITY) ? widths[low] : undefined;
}

/**
 * The columns a code point takes in every terminal: 1 or 2, 0 for a combining mark on a base, and -1 for what
 * cannot be printed, cannot be seen, or is measured differently here and there.
 */
export function stableWidth(code: number): number {
	if (code < 0x7f) return code < 0x20 ? -1 : 1;
	return widthIn(stable, code) ?? -1;
}

const ascii = /^[ -~]*$/;

/** Columns a text takes in every terminal; undefined where one of its code points has no stable width. */
export function stableTextWidth(text: string): number | undefined {
	if (ascii.test(text)) return text.length;
	let width = 0;
	for (const character of text) {
		const more = stableWidth(character.codePointAt(0) ?? 0);
		if (more < 0) return undefined;
		width += more;
	}
	return width;
}

/** Columns a safe text takes in a terminal, as Ink measures it; not a number for a text that is not safe. */
export function displayWidth(text: string): number {
	return stableTextWidth(text) ?? Number.NaN;
}
