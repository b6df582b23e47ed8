import type { Stroke } from '../core/stroke.ts';

/** The keys that have names, and how the screen writes them. */
const shown: Readonly<Record<string, string>> = {
	space: 'space',
	enter: '⏎',
	tab: 'Tab',
	esc: 'Esc',
	backspace: '⌫',
	delete: 'Del',
	insert: 'Ins',
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	home: 'Home',
	end: 'End',
	pgup: 'PgUp',
	pgdn: 'PgDn',
};

const functionKey = /^f(?:[1-9]|1[0-2])$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whether a word is a stroke as keymaps write it: `j`, `^d`, `shift+tab`, `pgdn`. */
export function isStroke(word: string): boolean {
	const key = word.replace(/^(?:(?:alt|ctrl|shift)\+)+(?=.)/, '');
	if (Object.hasOwn(shown, key) || functionKey.test(key)) return true;
	if (/^\^(?:[a-z\\\]^_]|space)$/.test(key)) return true;
	return [...graphemes.segment(key)].length === 1 && !/[\s\p{C}]/u.test(key);
}

/** A stroke as the screen and the docs write it: `⏎`, `⇧Tab`, `^d`. */
export function strokeName(stroke: Stroke): string {
	const [, modifiers = '', key = stroke] = /^((?:(?:alt|ctrl|shift)\+)*)(.+)$/.exec(stroke) ?? [];
	const name = shown[key] ?? (functionKey.test(key) ? key.toUpperCase() : key);
	return modifiers.replaceAll('shift+', '⇧') + name;
}
