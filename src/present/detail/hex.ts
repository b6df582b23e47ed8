import { blank, cell, type Line } from '../cell.ts';

type Bytes = { readonly offset: number; readonly bytes: Uint8Array };

/** So wide are bytes one by one with their text; as pairs with it; below that the text yields. */
const SPACED = 78;
const PAIRED = 66;

/** Up to 16 bytes as offset, hex and text: ` 000010  7b 22 61 22 3a 20 31 7d   {"a": 1}`. */
export function hexLine({ offset, bytes }: Bytes, columns: number): Line {
	const at = cell(`${offset.toString(16).padStart(6, '0')}  `, 'muted');
	const hex = columns >= SPACED ? spaced(bytes).padEnd(51) : paired(bytes).padEnd(41);
	const text = Array.from(bytes, seen).join('');
	return [blank(1), at, cell(hex), ...(columns >= PAIRED ? [cell(text, 'accent')] : [])];
}

function spaced(bytes: Uint8Array): string {
	const hex = Array.from(bytes, hexOf);
	return `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
}

function paired(bytes: Uint8Array): string {
	return Array.from(bytes, hexOf)
		.map((hex, at) => (at % 2 === 1 ? `${hex} ` : hex))
		.join('');
}

function hexOf(byte: number): string {
	return byte.toString(16).padStart(2, '0');
}

function seen(byte: number): string {
	return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}
