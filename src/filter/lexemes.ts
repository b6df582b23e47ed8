import { type Operator, operators, type Value } from './syntax.ts';

/** Something read off the text, and where reading goes on. */
export type Read<T> = { readonly value: T; readonly end: number };

const letters = String.raw`[\p{L}\p{N}_$@-]*`;
const named = String.raw`\["(?:[^"\\]|\\.)*"\]`;
const start = String.raw`\*(?=[.[])|[\p{L}_$@]${letters}|${named}`;
const step = String.raw`\.(?:\*|[\p{L}\p{N}_$@]${letters})|\.?(?:${named}|\[[^\s\]"(),]*\])`;
const keyPattern = new RegExp(`(?:${start})(?:${step})*`, 'uy');
const barePattern = /[^\s(),"]+/uy;
const wordPattern = /[^\s()"]+/uy;

export function skipBlanks(text: string, at: number): number {
	let end = at;
	while (end < text.length && /\s/u.test(text.charAt(end))) end++;
	return end;
}

/** A key directly followed by an operator; `http://…` is a word. */
export function readKey(
	text: string,
	at: number,
): Read<{ key: string; operator: Operator }> | undefined {
	const key = match(keyPattern, text, at);
	if (key === undefined) return undefined;
	const after = at + key.length;
	const operator = operators.find((candidate) => text.startsWith(candidate, after));
	if (operator === undefined || text.startsWith('://', after)) return undefined;
	return { value: { key, operator }, end: after + operator.length };
}

/** A bare word: up to a blank, a parenthesis or a quote. */
export function readWord(text: string, at: number): Read<string> | undefined {
	const word = match(wordPattern, text, at);
	return word === undefined ? undefined : { value: word, end: at + word.length };
}

/** A bare value: as a word, but a comma ends it. Backslashes mean themselves. */
export function readBareValue(text: string, at: number): Read<Value> | undefined {
	const bare = match(barePattern, text, at);
	if (bare === undefined) return undefined;
	const end = at + bare.length;
	return { value: { text: bare, start: at, end }, end };
}

const escapes: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	'"': '"',
	'\\': '\\',
};

/** Quoted text from its opening quote on; undefined where it does not end. `\"`, `\\`, `\n`, `\t`, `\r`, `\u{1F600}`. */
export function readQuoted(text: string, at: number): Read<string> | undefined {
	let value = '';
	let position = at + 1;
	while (position < text.length) {
		const character = text.charAt(position);
		if (character === '"') return { value, end: position + 1 };
		const escaped = character === '\\' ? readEscape(text, position) : undefined;
		value += escaped?.value ?? character;
		position = escaped?.end ?? position + 1;
	}
	return undefined;
}

const codePoint = /\\u\{([0-9A-Fa-f]{1,6})\}/uy;

/** An escape; a backslash before anything else means itself. */
function readEscape(text: string, at: number): Read<string> | undefined {
	const simple = escapes[text.charAt(at + 1)];
	if (simple !== undefined) return { value: simple, end: at + 2 };
	codePoint.lastIndex = at;
	const hex = codePoint.exec(text)?.[1];
	const number = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
	if (hex === undefined || number > 0x10ffff) return undefined;
	return { value: String.fromCodePoint(number), end: at + hex.length + 4 };
}

/** A regular expression between slashes; the closing one stands before a blank, a comma, a parenthesis or the end. */
export function readRegex(text: string, at: number): Read<string> | undefined {
	let source = '';
	for (let position = at + 1; position < text.length; position++) {
		const character = text.charAt(position);
		const next = text.charAt(position + 1);
		if (character === '/' && (next === '' || /[\s,)]/u.test(next))) {
			return { value: source, end: position + 1 };
		}
		if (character !== '\\') {
			source += character;
			continue;
		}
		source += next === '/' ? '/' : character + next;
		position++;
	}
	return undefined;
}

/** Text in quotes that `readQuoted` reads back. */
export function quoted(text: string): string {
	const inside = text.replace(/["\\\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => {
		if (character === '"' || character === '\\') return `\\${character}`;
		if (character === '\n') return '\\n';
		if (character === '\t') return '\\t';
		return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
	});
	return `"${inside}"`;
}

/** A regular expression's source between slashes that `readRegex` reads back. */
export function slashed(source: string): string {
	return `/${source.replace(/\\[\s\S]|\//g, (found) => (found === '/' ? '\\/' : found))}/`;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
}
