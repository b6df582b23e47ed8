import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../src/state/message.ts';
import type { Model } from '../../src/state/model.ts';
import type { Prompt } from '../../src/state/prompt-state.ts';
import { chips } from '../../src/state/selectors.ts';
import { noiseFilter, startModel } from '../../src/state/start.ts';
import {
	after,
	aModel,
	aModelWith,
	anEventRow,
	aSource,
	aWindow,
	night,
	someCounts,
	toEngine,
	told,
} from '../support/a-model.ts';

const opened = (text = ''): Message => ({ type: 'prompt.opened', kind: 'filter', text });
const typed = (text: string): Message => ({ type: 'field.typed', edit: { kind: 'insert', text } });

function promptOf(model: Model): Prompt | undefined {
	const overlay = model.overlays.at(-1);
	return overlay?.kind === 'prompt' ? overlay.prompt : undefined;
}

test('every character typed asks for another view', () => {
	const { effects } = told(aModelWith(), opened(), typed('w'), typed('e'));
	const filters = toEngine(effects).map(
		(asked) => asked.type === 'view.wanted' && [asked.id, asked.filter],
	);
	assert.deepEqual(filters, [
		[2, 'w'],
		[3, 'we'],
	]);
});

test('a filter that cannot be read keeps the last preview and names its column', () => {
	const model = after(aModelWith(), opened(), typed('web '), typed('('));
	assert.equal(model.filter.preview, 'web');
	assert.equal(promptOf(model)?.error?.column, 5);
	assert.equal(promptOf(after(model, typed('a)')))?.error, undefined);
});

test('a time that cannot be read names its column within what was typed', () => {
	const model = after(aModel(), { type: 'prompt.opened', kind: 'time', text: '' }, typed('noon'));
	assert.equal(promptOf(model)?.error?.column, 0);
});

test('keeping asks for nothing new, Esc for the old view', () => {
	const model = after(aModelWith(), opened(), typed('web12'));
	const kept = told(model, { type: 'prompt.kept' });
	assert.deepEqual(toEngine(kept.effects), []);
	assert.deepEqual(
		kept.effects.map(({ type }) => type),
		['history.saved', 'filter.saved'],
	);
	const [asked] = toEngine(told(model, { type: 'overlay.closed' }).effects);
	assert.equal(asked?.type === 'view.wanted' && asked.filter, '');
});

test('the filters of an evening can be walked back and forth', () => {
	const changed = (text: string): Message => ({ type: 'filter.changed', text });
	const model = after(aModel(), changed('a'), changed('b'), { type: 'filter.went', to: 'back' });
	assert.equal(model.filter.text, 'a');
	assert.equal(after(model, { type: 'filter.went', to: 'forth' }).filter.text, 'b');
	assert.deepEqual(after(model, changed('c')).filter.forth, []);
});

test('all chips off shows everything and the same key brings them back', () => {
	const model = after(aModel(), { type: 'filter.changed', text: 'web12 -sev:info' });
	const { model: off, effects } = told(model, { type: 'filter.toggled' });
	const [asked] = toEngine(effects);
	assert.equal(asked?.type === 'view.wanted' && asked.filter, '');
	assert.deepEqual(
		chips(off).map(({ text, isOn }) => [text, isOn]),
		[
			['web12', false],
			['-sev:info', false],
		],
	);
	assert.equal(after(off, { type: 'filter.toggled' }).filter.isOff, false);
});

test('a console begins with the noise hidden by chips one can see', () => {
	const start = startModel({
		now: night,
		size: { columns: 80, rows: 24 },
		identity: { operator: 'olga', host: 'bastion', isReadOnly: false, isOnly: false },
	});
	assert.equal(
		chips(start)
			.map(({ text }) => text)
			.join(' '),
		noiseFilter,
	);
});

test('Tab completes keys, and values by how often they were seen', () => {
	const rows = ['web99', 'web12', 'web12'].map((host, at) =>
		anEventRow({ seq: at + 1, facts: { who: host, host, summary: '', ids: [] } }),
	);
	const model = after(aModelWith({ rows }), opened(), typed('sev>=err ho'));
	assert.deepEqual(
		promptOf(model)?.completions.map(({ text }) => text),
		['sev>=err host:'],
	);
	const taken = after(model, { type: 'completion.taken' }, typed('we'));
	assert.deepEqual(
		promptOf(taken)?.completions.map(({ text, label, seen }) => [text, label, seen]),
		[
			['sev>=err host:web12', 'web12', 2],
			['sev>=err host:web99', 'web99', 1],
		],
	);
});

test('what the preview hides can still be completed', () => {
	const hidden = after(aModelWith(), opened(), typed('web'), aWindow({ view: 2, rows: [] }));
	const model = after(hidden, typed(' host:we'));
	assert.deepEqual(
		promptOf(model)?.completions.map(({ label }) => label),
		['web12'],
	);
});

test('sources complete with what they sent, also behind a minus', () => {
	const counts = someCounts({
		sources: [aSource(), aSource({ name: 'salt minion', received: 900 })],
	});
	const model = after(aModelWith(), counts, opened(), typed('-src:sa'), {
		type: 'completion.taken',
	});
	assert.equal(promptOf(model)?.field.text, '-src:"salt minion"');
});

test('tags are completed by the engine', () => {
	const { model, effects } = told(aModelWith(), opened(), typed('tag:salt/b'));
	const asked = toEngine(effects).at(-1);
	assert.deepEqual(asked, { type: 'tags.wanted', id: 1, prefix: 'salt/b' });
	const answered = after(model, {
		type: 'tags',
		id: 1,
		tags: [{ tag: 'salt/beacon/a', seen: 41 }],
	});
	assert.equal(after(answered, { type: 'completion.taken' }).filter.preview, 'tag:salt/beacon/a');
});

test('a prompt knows how many matched before it opened', () => {
	assert.equal(promptOf(after(aModelWith({ matched: 412 }), opened()))?.matchedBefore, 412);
	assert.equal(promptOf(after(aModel(), aWindow({ view: 9 }), opened()))?.matchedBefore, undefined);
});

test('a paste of several lines is one line in a filter', () => {
	assert.equal(promptOf(after(aModel(), opened(), typed('a\nb\n')))?.field.text, 'a b');
});
