const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const mostElements = 10_000;

export type Element = { readonly start: number; readonly end: number };

/**
 * Where the events of a JSON body lie: a single object, or each element of an array; nothing is parsed.
 * Undefined where the body is neither, does not end as it should, or holds more than 10,000.
 */
export function elementsOf(body: Buffer): readonly Element[] | undefined {
	const start = skipBlanks(body, 0);
	if (body[start] === openBracket) return elementsOfArray(body, start + 1);
	if (body[start] !== openBrace) return undefined;
	const end = valueEnd(body, start);
	return isRestBlank(body, end) ? [{ start, end }] : undefined;
}

function elementsOfArray(body: Buffer, from: number): readonly Element[] | undefined {
	const elements: Element[] = [];
	let at = skipBlanks(body, from);
	if (body[at] === closeBracket) return isRestBlank(body, at + 1) ? elements : undefined;
	while (elements.length < mostElements) {
		const end = valueEnd(body, at);
		if (end === at) return undefined;
		elements.push({ start: at, end });
		at = skipBlanks(body, end);
		if (body[at] === closeBracket) return isRestBlank(body, at + 1) ? elements : undefined;
		if (body[at] !== comma) return undefined;
		at = skipBlanks(body, at + 1);
	}
	return undefined;
}

/** The end of the value that starts here; beyond the body where it is not whole. */
function valueEnd(body: Buffer, start: number): number {
	let depth = 0;
	for (let at = start; at < body.length; at++) {
		const byte = body[at];
		if (byte === quote) at = stringEnd(body, at);
		else if (byte === openBrace || byte === openBracket) depth++;
		else if (byte === closeBrace || byte === closeBracket) {
			if (depth === 0) return at;
			depth--;
		} else if (byte === comma && depth === 0) return at;
		else continue;
		if (depth === 0) return at + 1;
	}
	return body.length + 1;
}

/** Where the string's closing quote is. */
function stringEnd(body: Buffer, start: number): number {
	for (let at = start + 1; at < body.length; at++) {
		if (body[at] === backslash) at++;
		else if (body[at] === quote) return at;
	}
	return body.length;
}

function skipBlanks(body: Buffer, from: number): number {
	let at = from;
	while (isBlank(body[at])) at++;
	return at;
}

function isRestBlank(body: Buffer, from: number): boolean {
	return from <= body.length && skipBlanks(body, from) === body.length;
}

function isBlank(byte: number | undefined): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
