import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter } from '../../src/filter/compile.ts';
import { quoted } from '../../src/filter/lexemes.ts';
import { EventLog } from '../../src/log/event-log.ts';
import { Matcher } from '../../src/log/matcher.ts';
import { append } from '../support/a-log.ts';
import { aRow } from '../support/events.ts';
import { shows } from '../support/oracle.ts';
import { type Random, random as seeded } from '../support/random.ts';

const log = new EventLog({ events: 100_000, bytes: 1 << 28 });

/** Whether a word is shown in a body, by the log's own bytes; CEL and the plain meaning say the same. */
function finds(word: string, body: string | Buffer): boolean {
	const filter = compileFilter(quoted(word), 0);
	const place = log.place(append(log, { tag: '0/1', body }));
	assert.ok(place);
	const matcher = new Matcher(log, filter.criterion, filter.forGaps, () => undefined);
	const isFound = matcher.matches(place.slab, place.row);
	const row = aRow({ tag: '0/1', body: Buffer.from(body) });
	const about = `${word} in ${body}`;
	assert.equal(shows(filter, row), isFound, about);
	assert.equal(shows(compileFilter(`= text(${quoted(word)})`, 0), row), isFound, about);
	return isFound;
}

const folded = [
	['é', 'CAFÉ'],
	['ж', 'Ж'],
	['жук', 'в ЖУКе'],
	['straße', 'STRAßE'],
	['straße', 'STRAẞE'],
	['σ', 'ς'],
	['θέμα', 'ΘΈΜΑ'],
	['ǆ', 'ǅ'],
	['kelvin', '\u212aelvin'],
	['disk', 'DIſ\u212a'],
	['ſ', 'S'],
	['ⴀ', 'Ⴀ'],
	['𐐨', '𐐀'],
	['日本', '日本'],
] as const;

for (const [word, body] of folded) {
	test(`${word} finds ${body}`, () => assert.ok(finds(word, `x ${body} x`)));
}

const others = [
	['straße', 'STRASSE'],
	['strasse', 'straße'],
	['é', 'e\u0301'],
	['i', 'İ'],
	['ı', 'I'],
	['É', 'é'],
	['éA', 'Éa'],
	['é', '\\u00e9'],
] as const;

for (const [word, body] of others) {
	test(`${word} does not find ${body}`, () => assert.ok(!finds(word, `x ${body} x`)));
}

test('a word is found among bytes that are no text', () => {
	assert.ok(finds('жук', Buffer.from([0xe2, ...Buffer.from('ЖУК'), 0xff])));
	assert.ok(!finds('ж', Buffer.from([0xd0])));
});

/** Letters that fold within ASCII, out of it, to other lengths, and not at all. */
const letters = [...'aAsSkKſ\u212aéÉßẞσςΣжЖİıiI.日ǆǅ'];

function aText({ below, pick }: Random, least: number, most: number): string {
	return Array.from({ length: least + below(most - least) }, () => pick(letters)).join('');
}

test('a word without capitals finds what a regular expression that ignores case does', () => {
	let found = 0;
	for (let seed = 1; seed <= 800; seed++) {
		const random = seeded(seed);
		const word = aText(random, 1, 4).replace(/[\p{Lu}\p{Lt}]/gu, 's');
		const body = aText(random, 0, 30);
		const expected = new RegExp(word.replaceAll('.', '\\.'), 'iu').test(body);
		assert.equal(finds(word, body), expected, `seed ${seed}: ${word} in ${body}`);
		if (expected) found++;
	}
	assert.ok(found > 150 && found < 650, `${found}`);
});

test('a word with a capital finds itself alone', () => {
	for (let seed = 1; seed <= 200; seed++) {
		const random = seeded(seed);
		const word = `${aText(random, 0, 2)}É`;
		const body = aText(random, 0, 30);
		assert.equal(finds(word, body), body.includes(word), `seed ${seed}: ${word} in ${body}`);
	}
});
