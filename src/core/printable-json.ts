/** What a terminal would obey, reorder or not show: controls, format and unassigned code points, odd blanks, invisible ones. */
const unseen =
	/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\u2800]/gu;

/**
 * The same JSON document with everything a terminal would act on or hide written as `\uXXXX`: it parses to the same
 * value and can be printed. Takes JSON as `JSON.stringify` writes it, indented by spaces or not at all.
 */
export function printableJson(json: string): string {
	return json.replace(unseen, unicodeEscape);
}

function unicodeEscape(character: string): string {
	let escaped = '';
	for (let index = 0; index < character.length; index++) {
		escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
	}
	return escaped;
}
