import { cutMark, messageText } from './message-text.ts';

const mostSegments = 4;
/** No more than that can fit into the segments, whatever the alphabet. */
const mostCharacters = 640;

/** GSM 03.38: each of these takes one of a segment's places, and each of the second row two. */
const basic = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('^{}\\[~]|€');

export type SmsText = {
	readonly text: string;
	/** What is paid for. */
	readonly segments: number;
	readonly alphabet: 'GSM-7' | 'UCS-2';
	/** Characters that were cut off. */
	readonly missing: number;
};

/** A text as a text message of at most four segments; a longer one ends with how many characters are missing. */
export function smsText(text: string): SmsText {
	const characters = [...messageText(text, Number.POSITIVE_INFINITY)];
	const whole = characters.length <= mostCharacters ? measured(characters.join('')) : undefined;
	if (whole && whole.segments <= mostSegments) return { ...whole, missing: 0 };
	for (let kept = Math.min(characters.length, mostCharacters) - 1; kept > 0; kept--) {
		const missing = characters.length - kept;
		const shorter = measured(characters.slice(0, kept).join('') + cutMark(missing));
		if (shorter.segments <= mostSegments) return { ...shorter, missing };
	}
	return { ...measured(''), missing: characters.length };
}

function measured(text: string): Omit<SmsText, 'missing'> {
	const places = gsmPlaces(text);
	if (places === undefined) {
		return { text, segments: segmentsOf(text.length, 70, 67), alphabet: 'UCS-2' };
	}
	return { text, segments: segmentsOf(places, 160, 153), alphabet: 'GSM-7' };
}

/** A message of several segments gives seven places of each to the order they come in. */
function segmentsOf(places: number, single: number, several: number): number {
	return places <= single ? 1 : Math.ceil(places / several);
}

function gsmPlaces(text: string): number | undefined {
	let places = 0;
	for (const character of text) {
		if (basic.has(character)) places += 1;
		else if (extended.has(character)) places += 2;
		else return undefined;
	}
	return places;
}
