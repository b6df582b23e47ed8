import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	type Edit,
	edited,
	type Field,
	fieldOf,
	recalled,
	searched,
} from '../../src/state/field.ts';

/** A field drawn as text with its cursor: `we|b`. */
function drawn(drawing: string): Field {
	const cursor = drawing.indexOf('|');
	return { ...fieldOf(drawing.replace('|', '')), cursor };
}

const draw = ({ text, cursor }: Field) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

for (const [before, edit, after] of [
	['we|b', { kind: 'insert', text: 'x' }, 'wex|b'],
	['a👩‍🚒|b', { kind: 'erase', what: 'before' }, 'a|b'],
	['a|👩‍🚒b', { kind: 'erase', what: 'after' }, 'a|b'],
	['a|👩‍🚒b', { kind: 'move', to: 'right' }, 'a👩‍🚒|b'],
	['é|', { kind: 'move', to: 'left' }, '|é'],
	['one two |', { kind: 'erase', what: 'word' }, 'one |'],
	['one two|', { kind: 'erase', what: 'word' }, 'one |'],
	['one| two', { kind: 'erase', what: 'to-start' }, '| two'],
	['one| two', { kind: 'erase', what: 'to-end' }, 'one|'],
	['a\nb|c', { kind: 'move', to: 'start' }, 'a\n|bc'],
	['a|b\nc', { kind: 'erase', what: 'to-end' }, 'a|\nc'],
	['long\nx|', { kind: 'move', to: 'up' }, 'l|ong\nx'],
	['long|\nx', { kind: 'move', to: 'down' }, 'long\nx|'],
	['|a', { kind: 'move', to: 'up' }, '|a'],
	['a\n|b', { kind: 'move', to: 'up' }, '|a\nb'],
	['|', { kind: 'erase', what: 'before' }, '|'],
] as const satisfies readonly (readonly [string, Edit, string])[]) {
	test(`${JSON.stringify(before)} and ${JSON.stringify(edit)} is ${JSON.stringify(after)}`, () => {
		assert.equal(draw(edited(drawn(before), edit)), after);
	});
}

test('what was cut can be put back elsewhere', () => {
	const cut = edited(drawn('one two|'), { kind: 'erase', what: 'word' });
	assert.equal(draw(edited(cut, { kind: 'yank' })), 'one two|');
});

test('the history goes back and forth, and the own text is still there', () => {
	const history = ['first', 'second'];
	const older = recalled(fieldOf('own'), history, 1);
	assert.equal(older.text, 'second');
	const oldest = recalled(recalled(older, history, 1), history, 1);
	assert.equal(oldest.text, 'first');
	assert.equal(recalled(recalled(oldest, history, -1), history, -1).text, 'own');
});

test('a search in the history finds what holds the typed text, again what is older', () => {
	const history = ['sev>=err web12', 'web99', 'sev>=err'];
	const once = searched(fieldOf('sev'), history);
	assert.equal(once.text, 'sev>=err');
	assert.equal(searched(once, history).text, 'sev>=err web12');
	assert.equal(searched(searched(once, history), history).text, 'sev>=err web12');
});
