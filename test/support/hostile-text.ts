import type { Random } from './random.ts';

const pieces = [
	...[
		'\x1b',
		'\x1b[',
		'\x1b]',
		'\x1b]52;c;',
		'\x1bP',
		'\x1b\\',
		'\x9b',
		'\x9d',
		'\x07',
		'\x00',
		'\x7f',
	],
	...['2J', '31m', '?1049h', ';1;1H', '\n', '\r', '\r\n', '\t', '\b', '\x0e', '\x18'],
	...['\u202e', '\u2066', '\u200b', '\u200d', '\ufe0f', '\u2028', '\u00ad', '\u{e0041}', '\u3164'],
	...['\u0301', '\u0301\u0301\u0301', '\u20e3', '\u0e33', '\u094d', '\u3099', '\u1161', '\uff9e'],
	...['👩', '🇩', '👍🏽', '❤', '漢', '한', 'カ', 'é', 'ß', 'क', 'ก', '\u1100', '\u{12219}', '⸻'],
	...[
		' ',
		'        ',
		' '.repeat(40),
		'\u00a0',
		'\u3000',
		'7',
		'+',
		'…',
		'…+',
		'…+12',
		'␣×9',
		'␛',
		'⟨',
		'⟩',
	],
	...['abc', 'a', '\\', '\\e', '\\x1b', '%s', '{{x}}', '\ud800', '\udc80', '\udfff'],
];

/** A text that tries what terminals stumble over, in any order, with any code point between. */
export function hostileText({ below, pick }: Random): string {
	let text = '';
	for (let part = below(12) + 1; part > 0; part--) {
		text += below(4) === 0 ? String.fromCodePoint(below(0x110000)) : pick(pieces);
	}
	return text;
}
