import type { Stroke } from '../../src/core/stroke.ts';

const byLetter: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

const byNumber: Readonly<Record<string, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pgup',
	6: 'pgdn',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

const byCode: Readonly<Record<string, string>> = {
	8: 'backspace',
	9: 'tab',
	13: 'enter',
	27: 'esc',
	32: 'space',
	127: 'backspace',
};

/** rxvt ends a key with the modifier: `ESC [ 3 $` is shift+delete. */
const rxvtModifiers: Readonly<Record<string, number>> = { '~': 1, $: 2, '^': 5, '@': 6 };

/** The stroke of `CSI parameters final`, or undefined where that is no key we know. */
export function strokeOfCsi(parameters: string, final: string): Stroke | undefined {
	if (!/^[0-9;:]*$/.test(parameters)) return undefined;
	const [first = '', second, third] = parameters.split(';').map((field) => field.split(':')[0]);
	if (final === 'u') return strokeOfCode(first, second);
	if (final === '~' && first === '27') return strokeOfCode(third ?? '', second);
	const rxvt = rxvtModifiers[final];
	if (rxvt !== undefined) return modified(byNumber[first], second ?? String(rxvt));
	if (final === 'Z') return 'shift+tab';
	if (/^[a-d]$/.test(final)) return modified(byLetter[final.toUpperCase()], '2');
	return modified(byLetter[final], second);
}

/** The stroke of `SS3 final`. */
export function strokeOfSs3(modifier: string, final: string): Stroke | undefined {
	if (final === 'M') return 'enter';
	if (/^[a-d]$/.test(final)) return modified(byLetter[final.toUpperCase()], '5');
	return modified(byLetter[final], modifier || undefined);
}

/**
 * The stroke of a key told by its code point. A letter without control or alt is none: no terminal we ask sends one
 * so, and what an answer may carry must not type.
 */
function strokeOfCode(code: string, modifier: string | undefined): Stroke | undefined {
	const name = byCode[code];
	if (name !== undefined) return modified(name, modifier);
	const value = Number(code);
	const bits = Number(modifier ?? 1) - 1;
	if (value <= 0x20 || value > 0x7e || (bits & 6) === 0) return undefined;
	return modified(String.fromCharCode(value), String((bits & 6) + 1));
}

/** Modifiers are 1 + (1 shift, 2 alt, 4 control); others, like the super key, make a key we do not know. */
function modified(name: string | undefined, modifier = '1'): Stroke | undefined {
	const bits = Number(modifier) - 1;
	if (name === undefined || !(bits >= 0 && bits <= 7)) return undefined;
	const alt = bits & 2 ? 'alt+' : '';
	const shift = bits & 1 ? 'shift+' : '';
	const control = bits & 4 ? '^' : '';
	return `${alt}${shift}${control}${name}`;
}
