import type { TextProps } from 'ink';
import type { Tone } from '../../src/present/cell.ts';

/** What a tone looks like. Only the sixteen names every terminal has: its owner chose what they are. */
export type Theme = Readonly<
	Record<Tone, Pick<TextProps, 'color' | 'backgroundColor' | 'bold' | 'dimColor' | 'inverse'>>
>;

const dark = {
	plain: {},
	muted: { color: 'gray' },
	accent: { color: 'cyan' },
	good: { color: 'green' },
	warn: { color: 'yellow' },
	bad: { color: 'redBright' },
	alarm: { color: 'whiteBright', backgroundColor: 'red', bold: true },
	focus: { color: 'whiteBright', backgroundColor: 'blue', bold: true },
} as const satisfies Theme;

const light = {
	...dark,
	accent: { color: 'blue' },
	warn: { color: 'magenta' },
	bad: { color: 'red' },
} as const satisfies Theme;

/** Without colour: what must stand out does so by weight, and by the words beside it. */
const plain = {
	plain: {},
	muted: { dimColor: true },
	accent: {},
	good: {},
	warn: { bold: true },
	bad: { bold: true },
	alarm: { bold: true, inverse: true },
	focus: { inverse: true },
} as const satisfies Theme;

/** Over any tone: what stands for something a terminal cannot show. No sender can underline. */
export const markLook = { underline: true } as const;

export const themes = { dark, light, plain } as const satisfies Record<string, Theme>;

export type ThemeName = keyof typeof themes;
