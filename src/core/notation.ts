import { stableWidth } from './width.ts';

/** How text is written where some of it may not stand for itself. Each is injective: no two inputs look the same. */
export type Notation = {
	/** Columns a code point takes as itself, 0 for a combining mark, -1 where it must be escaped. */
	widthOf(code: number): number;
	escape(code: number): string;
	/** A run of spaces in a list. */
	blanks(count: number): string;
	/** What begins the end of a text that was cut; the count of what is missing follows. */
	readonly cut: string;
};

export type NotationName = 'screen' | 'file' | 'ascii';

/** A byte that is no UTF-8, as `decodeUtf8` hands it on; undefined for all else. */
function strayByte(code: number): number | undefined {
	return code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : undefined;
}

/** Control pictures and angle brackets: what stands on the screen is ours, never the sender's. */
function isScreenMark(code: number): boolean {
	return (code >= 0x2400 && code <= 0x2426) || code === 0x27e8 || code === 0x27e9;
}

function screenEscape(code: number): string {
	if (code < 0x20) return String.fromCharCode(0x2400 + code);
	if (code === 0x7f) return '␡';
	const byte = strayByte(code);
	if (byte !== undefined) return `⟨x${byte.toString(16).toUpperCase()}⟩`;
	return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

const named = new Map([
	[0x1b, '\\e'],
	[0x0a, '\\n'],
	[0x0d, '\\r'],
	[0x09, '\\t'],
	[0x5c, '\\\\'],
]);

function fileEscape(code: number): string {
	const byte = code < 0x80 ? code : strayByte(code);
	if (byte === undefined) return `\\u{${code.toString(16)}}`;
	return named.get(byte) ?? `\\x${byte.toString(16).padStart(2, '0')}`;
}

function fileBlanks(count: number): string {
	return `\\s{${count}}`;
}

export const notations: Readonly<Record<NotationName, Notation>> = {
	screen: {
		widthOf: (code) => (isScreenMark(code) ? -1 : stableWidth(code)),
		escape: screenEscape,
		blanks: (count) => `␣×${count}`,
		cut: '…+',
	},
	file: {
		widthOf: (code) => (code === 0x5c ? -1 : stableWidth(code)),
		escape: fileEscape,
		blanks: fileBlanks,
		cut: '…+',
	},
	ascii: {
		widthOf: (code) => (code === 0x5c || code > 0x7e ? -1 : stableWidth(code)),
		escape: fileEscape,
		blanks: fileBlanks,
		cut: '...+',
	},
};
