const allSeen = /^[\n\x20-\x7e]*$/;
const unseen = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \n])\s/gu;

/**
 * The text with each code point that a reader cannot see (controls, bidi marks, invisible, unassigned and
 * private ones, blanks but the space) written as `escaped` says; a newline stays.
 */
export function escapeUnseen(text: string, escaped: (codePoint: number) => string): string {
	if (allSeen.test(text)) return text;
	return text.replace(unseen, (found) => escaped(found.codePointAt(0) ?? 0));
}

export function hasUnseen(text: string): boolean {
	return !allSeen.test(text) && text.search(unseen) >= 0;
}
