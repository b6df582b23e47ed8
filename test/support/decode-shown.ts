/** The proof that nothing was lost: what `safeText` showed on a screen, read back. */
export function decodeScreen(shown: string): string {
	return shown.replace(
		/␣×(\d+)|⟨x([0-9A-F]{2})⟩|⟨U\+([0-9A-F]+)⟩|([\u2400-\u2421])/g,
		(_, blanks, byte, code, picture) => {
			if (blanks) return ' '.repeat(Number(blanks));
			if (byte) return String.fromCharCode(0xdc00 + Number.parseInt(byte, 16));
			if (code) return String.fromCodePoint(Number.parseInt(code, 16));
			return picture === '␡' ? '\x7f' : String.fromCharCode(picture.charCodeAt(0) - 0x2400);
		},
	);
}

const named: Readonly<Record<string, string>> = {
	e: '\x1b',
	n: '\n',
	r: '\r',
	t: '\t',
	'\\': '\\',
};

/** The same for the notation of files. */
export function decodeFile(written: string): string {
	return written.replace(
		/\\(?:x([0-9a-f]{2})|u\{([0-9a-f]+)\}|s\{(\d+)\}|([enrt\\]))/g,
		(_, byte, code, blanks, letter) => {
			if (blanks) return ' '.repeat(Number(blanks));
			if (code) return String.fromCodePoint(Number.parseInt(code, 16));
			if (letter) return named[letter] ?? '';
			const value = Number.parseInt(byte, 16);
			return String.fromCharCode(value < 0x80 ? value : 0xdc00 + value);
		},
	);
}

/** A cell read back: the text it shows, and how many code points it says are missing. */
export function decodeCell(shown: string): { text: string; missing: number } {
	const [, text = shown, missing = '0'] = /^(.*)…\+(\d+)$/su.exec(shown) ?? [];
	return { text: decodeScreen(text), missing: Number(missing) };
}
