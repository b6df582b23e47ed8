import { type SafeText, safeCell, safeText } from '../core/safe-text.ts';
import { displayWidth } from '../core/width.ts';

/** What a colour means. `alarm` may not be overlooked, `focus` is where the hand is. */
export type Tone = 'plain' | 'muted' | 'accent' | 'good' | 'warn' | 'bad' | 'alarm' | 'focus';

/** A stretch of one line, `width` columns wide. */
export type Cell = {
	readonly text: SafeText;
	readonly tone: Tone;
	readonly width: number;
	/** What the text stands for where it is not ours: an ASCII screen writes it in its own notation. */
	readonly raw?: unknown;
	/** Our mark beside somebody's text: it has the look that no sender can give. */
	readonly isMark?: boolean;
};

export type Line = readonly Cell[];

/** Our own words, at their natural width. What came over a bus goes through `atMost` or `fit`. */
export function cell(words: string, tone: Tone = 'plain'): Cell {
	return ofText(safeText(words), tone);
}

/** Text that is safe already. */
export function ofText(text: SafeText, tone: Tone = 'plain'): Cell {
	return { text, tone, width: displayWidth(text) };
}

/** Our own words in at most `columns`: what is cut is in the documentation, so an ellipsis says enough. */
export function brief(words: string, columns: number, tone: Tone = 'plain'): Cell {
	const whole = cell(words, tone);
	return whole.width <= columns
		? whole
		: cell(`${words.slice(0, Math.max(0, columns - 1))}…`, tone);
}

export function blank(width: number, tone: Tone = 'plain'): Cell {
	return cell(' '.repeat(Math.max(0, width)), tone);
}

/** Anybody's value in at most `columns`; a cut says how much is missing. */
export function atMost(value: unknown, columns: number, tone: Tone = 'plain'): Cell {
	return { ...ofText(safeCell(value, Math.max(0, columns)), tone), raw: value };
}

/** Anybody's value in exactly `columns`, cut or filled with blanks. */
export function fit(value: unknown, columns: number, tone: Tone = 'plain'): Line {
	return padded(atMost(value, columns, tone), columns);
}

/** A cell with blanks behind it, or before it, up to `columns`. */
export function padded(one: Cell, columns: number, side: 'start' | 'end' = 'start'): Line {
	const missing = columns - one.width;
	if (missing <= 0) return [one];
	return side === 'start' ? [one, blank(missing, one.tone)] : [blank(missing, one.tone), one];
}
