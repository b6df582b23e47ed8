import type { Stroke } from '../../src/core/stroke.ts';
import { decodeUtf8, isUnfinished, sequenceLength } from '../../src/core/utf8.ts';
import { strokeOfCsi, strokeOfSs3 } from './sequence-strokes.ts';

/** What stands at the beginning of the input, and how many bytes of it that is. */
export type Cut =
	| {
			readonly kind: 'key';
			readonly length: number;
			readonly stroke: Stroke;
			readonly text?: string;
	  }
	| {
			readonly kind: 'reply';
			readonly length: number;
			readonly focus?: 'gained' | 'lost';
	  }
	| { readonly kind: 'junk'; readonly length: number }
	| { readonly kind: 'paste begins'; readonly length: number };

// Input is matched as Latin-1: one character is one byte.
const csi = /^([0-?]*)([ -/]*)([@-~])/;
const csiBeginning = /^[0-?]*[ -/]*/;
const linuxFunctionKey = /^\[([A-E])/;
const rxvtShifted = /^(\d+)\$/;
const mouse = /^M[\s\S]{3}/;
const unfinishedOdd = /^(?:\[|M[\s\S]{0,2})$/;
const ss3 = /^([0-9]?)([@-~])/;
const ss3Beginning = /^[0-9]?/;

type Sequence = 'csi' | 'ss3' | 'osc' | 'string';

/** Introducers in 8 bits; in 7 bits they are an escape byte and that less 0x40. */
const introducers: Readonly<Record<number, Sequence>> = {
	143: 'ss3',
	144: 'string',
	152: 'string',
	155: 'csi',
	157: 'osc',
	158: 'string',
	159: 'string',
};

const escapeByte = 0x1b;
/** What may follow a doubled escape byte in a key: rxvt says alt so. */
const doubledKey = new Set([0x5b, 0x4f]);
/** Longer than any terminal's answer. */
export const longestSequence = 4 * 1024;

const controls: Readonly<Record<number, Stroke>> = {
	0: '^space',
	8: 'backspace',
	9: 'tab',
	13: 'enter',
	127: 'backspace',
};

const graphemes = new Intl.Segmenter();
/** No grapheme that a person types is longer. */
const longestGrapheme = 64;

/**
 * Cuts one token from input that begins with no paste's text; undefined while its end has not come yet. An escape
 * byte from an earlier read is a key of its own unless a sequence goes on behind it: a hand is slower than a read.
 */
export function cutToken(bytes: Buffer, hasEarlierEscape: boolean): Cut | undefined {
	const introducer = introducerOf(bytes);
	if (introducer) return cutSequence(bytes, introducer);
	const first = bytes[0] ?? 0;
	if (first === escapeByte) return cutEscape(bytes, hasEarlierEscape);
	return first < 0x20 || first === 0x7f ? controlKey(first) : cutText(bytes);
}

type Introducer = { readonly sequence: Sequence; readonly length: number };

/** An introducer comes in 7 bits, in 8, or as the UTF-8 of the 8. */
function introducerOf(bytes: Buffer): Introducer | undefined {
	const [first = 0, second = 0] = bytes;
	if (first === escapeByte) return introducer(second + 0x40, 2);
	return first === 0xc2 ? introducer(second, 2) : introducer(first, 1);
}

function introducer(code: number, length: number): Introducer | undefined {
	const sequence = introducers[code];
	return sequence && { sequence, length };
}

function cutSequence(bytes: Buffer, { sequence, length }: Introducer): Cut | undefined {
	if (sequence === 'osc' || sequence === 'string') return cutString(bytes, sequence, length);
	const rest = bytes.toString('latin1', length, length + longestSequence);
	const cut = sequence === 'csi' ? cutCsi(rest) : cutSs3(rest);
	return cut && { ...cut, length: cut.length + length };
}

function cutCsi(text: string): Cut | undefined {
	const odd = oddCsi(text);
	if (odd || unfinishedOdd.test(text)) return odd;
	const [whole, parameters = '', between = '', final = ''] = csi.exec(text) ?? [];
	if (whole === undefined) return brokenAfter(text, csiBeginning);
	const length = whole.length;
	const focus = whole.length === 1 ? focusOf[final] : undefined;
	if (focus) return { kind: 'reply', length, focus };
	if (isReply(parameters, between, final)) return { kind: 'reply', length };
	if (final === '~' && parameters === '200') return { kind: 'paste begins', length };
	const stroke = between === '' ? strokeOfCsi(parameters, final) : undefined;
	return stroke === undefined ? { kind: 'junk', length } : { kind: 'key', length, stroke };
}

const focusOf: Readonly<Record<string, 'gained' | 'lost'>> = { I: 'gained', O: 'lost' };

/** Sequences that do not keep to the grammar of the others. */
function oddCsi(text: string): Cut | undefined {
	const [linux, letter = ''] = linuxFunctionKey.exec(text) ?? [];
	if (linux) {
		return { kind: 'key', length: linux.length, stroke: `f${letter.charCodeAt(0) - 0x40}` };
	}
	const [report] = mouse.exec(text) ?? [];
	if (report) return { kind: 'reply', length: report.length };
	const [shifted, number = ''] = rxvtShifted.exec(text) ?? [];
	const stroke = shifted && strokeOfCsi(number, '$');
	return stroke ? { kind: 'key', length: shifted.length, stroke } : undefined;
}

/** Device attributes, cursor and window reports, modes, focus, mouse: never keys. */
function isReply(parameters: string, between: string, final: string): boolean {
	if (/^[<=>?]/.test(parameters)) return true;
	if (final === 'R') return parameters !== '';
	return /^[cntxyIO]$/.test(final) || (final === 'M' && between === '');
}

function cutSs3(text: string): Cut | undefined {
	const [whole, modifier = '', final = ''] = ss3.exec(text) ?? [];
	if (whole === undefined) return brokenAfter(text, ss3Beginning);
	const stroke = strokeOfSs3(modifier, final);
	const length = whole.length;
	return stroke === undefined ? { kind: 'junk', length } : { kind: 'key', length, stroke };
}

/** A sequence may go on in the next read; a byte that cannot belong to it makes both junk, unless it begins another. */
function brokenAfter(text: string, beginning: RegExp): Cut | undefined {
	const length = beginning.exec(text)?.[0].length ?? 0;
	if (length === text.length) return undefined;
	return { kind: 'junk', length: text.charAt(length) === '\x1b' ? length : length + 1 };
}

/** A control string ends with ST, an OSC also with BEL; another escape breaks it off. */
function cutString(bytes: Buffer, sequence: Sequence, start: number): Cut | undefined {
	let index = start;
	while (index < bytes.length) {
		const byte = bytes[index];
		const length = sequenceLength(bytes, index) || 1;
		if (byte === 0x07 && sequence === 'osc') return { kind: 'reply', length: index + 1 };
		if (byte === escapeByte) return cutStringAtEscape(bytes, index);
		if (bytes[index + length - 1] === 0x9c && (length === 1 || byte === 0xc2)) {
			return { kind: 'reply', length: index + length };
		}
		index += length;
	}
	return undefined;
}

function cutStringAtEscape(bytes: Buffer, index: number): Cut | undefined {
	if (index + 1 === bytes.length) return undefined;
	const isEnd = bytes[index + 1] === 0x5c;
	return isEnd ? { kind: 'reply', length: index + 2 } : { kind: 'junk', length: index };
}

function cutEscape(bytes: Buffer, hasEarlierEscape: boolean): Cut | undefined {
	if (bytes.length === 1) return undefined;
	const isDoubled = bytes[1] === escapeByte;
	if (isDoubled && bytes.length === 2) return undefined;
	const lone = { kind: 'key', length: 1, stroke: 'esc' } as const;
	if (isDoubled ? !doubledKey.has(bytes[2] ?? 0) : hasEarlierEscape) return lone;
	const inner = cutToken(bytes.subarray(1), false);
	if (inner?.kind !== 'key') return inner && lone;
	return { kind: 'key', length: inner.length + 1, stroke: `alt+${inner.stroke}` };
}

function controlKey(byte: number): Cut {
	const stroke = controls[byte] ?? `^${String.fromCharCode(byte + 0x40).toLowerCase()}`;
	return { kind: 'key', length: 1, stroke };
}

function cutText(bytes: Buffer): Cut | undefined {
	const end = endOfText(bytes);
	if (end === 0) return isUnfinished(bytes, 0) ? undefined : { kind: 'junk', length: 1 };
	const text = graphemes.segment(decodeUtf8(bytes.subarray(0, end))).containing(0)?.segment ?? '';
	const length = Buffer.byteLength(text);
	if (/^\p{Cc}/u.test(text)) return { kind: 'junk', length };
	return { kind: 'key', length, stroke: text === ' ' ? 'space' : text, text };
}

/** Where the well-formed printable text at the beginning ends, looking no further than a grapheme may reach. */
function endOfText(bytes: Buffer): number {
	let end = 0;
	while (end < Math.min(bytes.length, longestGrapheme) && (bytes[end] ?? 0) >= 0x20) {
		const length = sequenceLength(bytes, end);
		if (length === 0 || bytes[end] === 0x7f) break;
		end += length;
	}
	return end;
}
