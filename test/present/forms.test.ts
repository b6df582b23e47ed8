import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceLines } from '../../src/present/choice-lines.ts';
import { dataReading } from '../../src/present/data-types.ts';
import { fieldLine } from '../../src/present/field.ts';
import { type FormFacts, formLines } from '../../src/present/form-lines.ts';
import { menuLines } from '../../src/present/menu-lines.ts';
import { promptLines, promptRows } from '../../src/present/prompt-lines.ts';
import { drawn, picture } from '../support/drawing.ts';

test('a field shows the part around its cursor', () => {
	assert.equal(drawn(fieldLine({ text: 'host:web12', cursor: 10 }, 20)), 'host:web12█');
	assert.equal(drawn(fieldLine({ text: 'host:web12', cursor: 10 }, 8)), '…:web12█');
	assert.equal(drawn(fieldLine({ text: 'host:web12 sev>=err', cursor: 0 }, 8)), 'host:we…');
	const [, hand] = fieldLine({ text: 'ab', cursor: 1 }, 8);
	assert.deepEqual([hand?.text, hand?.tone], ['b', 'focus']);
});

test('what is pasted into a field stays in its line', () => {
	const text = 'a\x1b[2J\u202e\tb';
	assert.equal(drawn(fieldLine({ text, cursor: text.length }, 40)), 'a␛[2J⟨U+202E⟩␉b█');
});

test('a list moves so that the pick is in it', () => {
	const choices = ['a', 'b', 'c', 'd', 'e'].map((text) => ({ text, aside: '' }));
	const shown = (picked: number) => picture(choiceLines(choices, picked, { rows: 3, columns: 6 }));
	assert.equal(shown(0), '› a\n  b\n  c');
	assert.equal(shown(2), '  b\n› c\n  d');
	assert.equal(shown(4), '  c\n  d\n› e');
});

test('data that is being typed shows what it is read as', () => {
	const types = (text: string) => {
		const reading = dataReading(text);
		return reading.kind === 'well' ? reading.types : reading.says;
	};
	assert.equal(types(''), 'no data');
	assert.equal(
		types('a: 1\nb: "1"\nc: [1, 2]\nd: {e: null}\nf: 1.5\ng: no'),
		'a int · b str · c list(2) · d map(1) · f float · g str',
	);
	assert.equal(types('{"big": 9007199254740993}'), 'big int');
	assert.equal(types('[1, 2, 3]'), 'list(3)');
	assert.match(types('a: [1'), /line 1/);
});

function aForm(of: Partial<FormFacts> = {}): FormFacts {
	return {
		buses: [
			{ name: 'salt', isChosen: true },
			{ name: 'nats', isChosen: false },
		],
		tag: { text: 'ops/deploy', cursor: 10 },
		data: { text: 'a: 1\nb: 2', cursor: 9 },
		at: 'data',
		completions: [{ text: 'ops/deploy/done', aside: 'seen 41×' }],
		picked: 0,
		reading: { kind: 'well', types: 'a int · b int', bytes: 13 },
		waking: undefined,
		sameAs: 'eventctl fire ops/deploy -f - --bus salt',
		answer: undefined,
		buttons: [{ keys: 'a', says: 'send' }],
		...of,
	};
}

test('the form takes exactly the lines it is given', () => {
	for (const rows of [13, 14, 20, 46]) {
		assert.equal(formLines(aForm(), { rows, columns: 80 }).length, rows);
	}
});

test('the form stays on the line of data that is typed', () => {
	const data = {
		text: Array.from({ length: 40 }, (_, at) => `k${at}: ${at}`).join('\n'),
		cursor: 0,
	};
	const shown = (cursor: number) =>
		picture(formLines(aForm({ data: { ...data, cursor } }), { rows: 16, columns: 60 }));
	assert.match(shown(0), /1 {2}k0: 0/);
	assert.match(shown(data.text.length), /40 {2}k39: 39█/);
});

test('tags seen are offered while the tag is typed, and only then', () => {
	const size = { rows: 14, columns: 60 };
	assert.match(picture(formLines(aForm({ at: 'tag' }), size)), /› ops\/deploy\/done +seen 41×/);
	assert.doesNotMatch(picture(formLines(aForm(), size)), /seen/);
});

test('a filter that fails shows where, one that reads well says so', () => {
	const facts = {
		kind: 'filter',
		field: { text: 'rc!=0 and (', cursor: 11 },
		error: undefined,
		choices: [],
		picked: 0,
		matched: { before: 412, now: 9, isCounted: true },
	} as const;
	const size = { rows: promptRows('filter', 24), columns: 80 };
	const second = (of: object) => picture(promptLines({ ...facts, ...of }, size)).split('\n')[2];
	assert.equal(second({}), ' ✓ reads well');
	assert.equal(
		second({ error: { text: 'not closed', column: 10 } }),
		'           ^ column 11: not closed',
	);
	assert.equal(second({ error: { text: 'not closed' } }), ' ✗ not closed');
	assert.match(picture(promptLines(facts, size)), /412 → 9 match ─┐/);
	const counting = { ...facts, matched: { ...facts.matched, isCounted: false } };
	assert.match(picture(promptLines(counting, size)), /412 → ≥ 9 match ─┐/);
	assert.equal(promptLines(facts, size).length, size.rows);
});

test('a menu is as narrow as what it offers', () => {
	const hints = [
		{ keys: 't', says: 'Copy the tag', isBlocked: false },
		{ keys: 'Esc', says: 'cancel', isBlocked: false },
	];
	assert.equal(
		picture(menuLines(hints, 'y', 80)),
		`
┌─ y ───────────────┐
│ t    Copy the tag │
│ Esc  cancel       │
└───────────────────┘`.trim(),
	);
});
