/** What a pattern says of a text. */
export type Test = (text: string) => boolean;

/** One place of a pattern: any run of characters, any one, or one of a set. */
type Place = { readonly kind: 'run' } | { readonly kind: 'one'; test(character: string): boolean };

/**
 * A shell pattern as Salt reads it (Python's fnmatch): `*` any characters, slashes too, `?` one, `[a-z]` one of,
 * `[!x]` none of; case counts, and the whole text must match. Time grows with text × pattern, never more.
 */
export function globTest(pattern: string): Test {
	const places = placesOf(Array.from(pattern));
	if (places.every(isLiteral)) return (text) => text === pattern;
	if (places.every((place) => place.kind === 'run' || isLiteral(place))) return piecesTest(pattern);
	return (text) => matches(places, Array.from(text));
}

/** The common pattern, of `*` and plain text only: each piece where it first stands, the outer two at the ends. */
function piecesTest(pattern: string): Test {
	const pieces = pattern.split('*');
	const head = pieces[0] ?? '';
	const tail = pieces.at(-1) ?? '';
	const inner = pieces.slice(1, -1).filter((piece) => piece !== '');
	return (text) => {
		if (!text.startsWith(head) || !text.endsWith(tail)) return false;
		let at = head.length;
		for (const piece of inner) {
			const found = text.indexOf(piece, at);
			if (found < 0) return false;
			at = found + piece.length;
		}
		return at + tail.length <= text.length;
	};
}

/** Whether a pattern has a character that does not simply mean itself. */
export function hasGlob(pattern: string): boolean {
	return !placesOf(Array.from(pattern)).every(isLiteral);
}

/** NATS's wildcards: tokens between dots, `*` for one token, `>` at the end for one or more. */
export function subjectTest(pattern: string): Test {
	const wanted = pattern.split('.');
	const isOpen = wanted.at(-1) === '>';
	const fixed = isOpen ? wanted.slice(0, -1) : wanted;
	return (subject) => {
		const tokens = subject.split('.');
		if (isOpen ? tokens.length <= fixed.length : tokens.length !== fixed.length) return false;
		return fixed.every((token, index) => token === '*' || token === tokens[index]);
	};
}

type Literal = { readonly kind: 'one'; readonly literal: string; test(character: string): boolean };

function isLiteral(place: Place): place is Literal {
	return 'literal' in place;
}

function placesOf(pattern: readonly string[]): readonly Place[] {
	const places: Place[] = [];
	for (let at = 0; at < pattern.length; at++) {
		const character = pattern[at] ?? '';
		const set = character === '[' ? setEnd(pattern, at) : -1;
		if (character === '*') places.push({ kind: 'run' });
		else if (character === '?') places.push({ kind: 'one', test: () => true });
		else if (set > 0) places.push({ kind: 'one', test: setTest(pattern.slice(at + 1, set)) });
		else places.push(literalPlace(character));
		if (set > 0) at = set;
	}
	return places;
}

function literalPlace(literal: string): Literal {
	return { kind: 'one', literal, test: (character) => character === literal };
}

/** Where a set's `]` stands; a `]` right at its start belongs to it. -1: there is none, `[` means itself. */
function setEnd(pattern: readonly string[], at: number): number {
	const first = pattern[at + 1] === '!' ? at + 2 : at + 1;
	return pattern.indexOf(']', first + 1);
}

function setTest(inside: readonly string[]): Test {
	const isNegated = inside[0] === '!';
	const members = isNegated ? inside.slice(1) : inside;
	const ranges: (readonly [string, string])[] = [];
	for (let at = 0; at < members.length; at++) {
		const from = members[at] ?? '';
		const to = members[at + 1] === '-' ? members[at + 2] : undefined;
		ranges.push([from, to ?? from]);
		if (to !== undefined) at += 2;
	}
	return (character) => isNegated !== ranges.some(([from, to]) => isWithin(character, from, to));
}

function isWithin(character: string, from: string, to: string): boolean {
	const point = character.codePointAt(0) ?? 0;
	return point >= (from.codePointAt(0) ?? 0) && point <= (to.codePointAt(0) ?? 0);
}

/** Goes on from the last run only: what an earlier run could still take, the last one can take too. */
function matches(places: readonly Place[], text: readonly string[]): boolean {
	let place = 0;
	let at = 0;
	let runPlace = -1;
	let runAt = 0;
	while (at < text.length) {
		const here = places[place];
		if (here?.kind === 'one' && here.test(text[at] ?? '')) {
			place++;
			at++;
		} else if (here?.kind === 'run') {
			runPlace = place++;
			runAt = at;
		} else if (runPlace >= 0) {
			place = runPlace + 1;
			at = ++runAt;
		} else return false;
	}
	return places.slice(place).every(({ kind }) => kind === 'run');
}
