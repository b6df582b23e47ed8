import type { Facts } from './facts.ts';

/** Letters that most fonts draw like a Latin one: Cyrillic, Greek, Armenian; then the wide and the mathematical alphabets. */
const passes =
	/^[аԁеһіјӏорԛѕсухԝѵАВЕЅІЈКМНОРСТХҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιհոսօցՏՍ\u{ff21}-\u{ff3a}\u{ff41}-\u{ff5a}\u{1d400}-\u{1d7ff}]$/u;
const word = /[\p{L}\p{N}\p{M}]+/gu;
const letter = /\p{L}/u;
const latin = /^\p{Script=Latin}$/u;
/** Scripts whose letters are taken for Latin ones; others no reader mixes up. */
const akin = /^[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]$/u;
const plain = /^[\x20-\x7e]*$/;

/**
 * The letters of a name that are not what they seem, each once, as code points (`U+0430`): those of another script
 * in a Latin word, and those of a word that can be read as Latin from end to end.
 */
export function foreignLetters(name: string): readonly string[] {
	if (plain.test(name)) return [];
	const found = (name.match(word) ?? []).flatMap(foreignIn);
	return [...new Set(found)].map(codePoint);
}

function foreignIn(part: string): readonly string[] {
	const letters = [...part].filter((one) => letter.test(one));
	const foreign = letters.filter((one) => passes.test(one) || akin.test(one));
	const isMixed = letters.some((one) => isLatin(one));
	const isDisguise = letters.every((one) => passes.test(one) || isLatin(one));
	return isMixed || isDisguise ? foreign : [];
}

/** The wide and the mathematical alphabets count as Latin to Unicode, and not to the eye. */
function isLatin(one: string): boolean {
	return latin.test(one) && !passes.test(one);
}

function codePoint(one: string): string {
	return `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const named = ['who', 'host', 'ns', 'pod', 'user', 'rule'] as const;

/** A name of an event that is not what it seems. */
export type LookAlike = { readonly of: string; readonly name: string; readonly letters: string };

/** The names an event goes by that are not what they seem. */
export function lookAlikes(tag: string, facts: Facts): readonly LookAlike[] {
	const names = [['tag', tag] as const, ...named.map((key) => [key, facts[key] ?? ''] as const)];
	return names.flatMap(([of, name]) => {
		const letters = foreignLetters(name);
		return letters.length === 0 ? [] : [{ of, name, letters: letters.join(' ') }];
	});
}
