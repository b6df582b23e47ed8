import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aKeyboard } from '../support/a-keyboard.ts';
import { aModelWith, aSource, someCounts, toEngine } from '../support/a-model.ts';

function fires(keys: ReturnType<typeof aKeyboard>) {
	return toEngine(keys.effects).flatMap((asked) => (asked.type === 'fired' ? [asked] : []));
}

test('a tag, data and a bus make one fire, and the answer is told', () => {
	const keys = aKeyboard();
	keys.press('p');
	keys.type('ops/deploy/done');
	keys.press('tab');
	keys.type('version: 2.14.2');
	keys.press('enter');
	keys.type('build: 12345678901234567890');
	keys.press('tab', 'tab', 'a');
	const [fired] = fires(keys);
	assert.equal(fired?.source, 'salt');
	assert.deepEqual(fired?.events, [{ tag: 'ops/deploy/done', data: fired?.events[0]?.data }]);
	assert.equal(
		JSON.stringify(fired?.events[0]?.data, (_, value) =>
			typeof value === 'bigint' ? `${value}` : value,
		),
		'{"version":"2.14.2","build":"12345678901234567890"}',
	);
	keys.tell({ type: 'fire.answered', id: fired?.id ?? 0, isConfirmed: true, says: 'seen again' });
	assert.equal(keys.model.fire.firing?.answer?.tone, 'good');
	assert.equal(keys.notice, 'seen again');
});

test('what is wrong with the form is its answer', () => {
	const keys = aKeyboard();
	keys.press('p', 'tab', 'tab', 'tab', 'a');
	assert.equal(keys.notice, 'the tag is empty');
	keys.press('tab');
	keys.type('ops/a');
	keys.press('tab');
	keys.type('a: [1');
	keys.press('tab', 'tab', 'a');
	assert.match(keys.notice ?? '', /YAML, line 1/);
	assert.deepEqual(fires(keys), []);
});

test('while a fire is not answered there is no second one', () => {
	const keys = aKeyboard();
	keys.press('p');
	keys.type('ops/a');
	keys.press('tab', 'tab', 'tab', 'a', 'tab', 'tab', 'tab', 'a');
	assert.equal(keys.notice, 'the last one is not answered yet');
	assert.equal(fires(keys).length, 1);
});

test('the draft outlives the form', () => {
	const keys = aKeyboard();
	keys.press('p');
	keys.type('ops/a');
	keys.press('esc', 'p');
	assert.equal(keys.model.fire.tag.text, 'ops/a');
});

test('the bus is picked among those that take events, a minion once more through to its master', () => {
	const keys = aKeyboard();
	const sources = [
		aSource(),
		aSource({ name: 'logs', canFire: false }),
		aSource({ name: 'minion', canForward: true }),
	];
	keys.tell(someCounts({ sources }));
	keys.press('p', 'tab', 'tab');
	const seen = [0, 1, 2].map(() => {
		keys.press('right');
		return `${keys.model.fire.source} ${keys.model.fire.forward}`;
	});
	assert.deepEqual(seen, ['minion false', 'minion true', 'salt false']);
});

test('where no source takes events the form does not open', () => {
	const keys = aKeyboard(aModelWith());
	keys.tell(someCounts({ sources: [aSource({ canFire: false })] }));
	keys.press('p');
	assert.equal(keys.notice, 'no source takes events');
	assert.deepEqual(keys.model.overlays, []);
});

test('a tag is completed from the tags of its bus', () => {
	const keys = aKeyboard();
	keys.press('p');
	keys.type('ops');
	const asked = toEngine(keys.effects).at(-1);
	assert.deepEqual(asked, { type: 'tags.wanted', id: 4, prefix: 'ops', source: 'salt' });
	keys.tell({
		type: 'tags',
		id: 4,
		tags: [
			{ tag: 'ops/a', seen: 2 },
			{ tag: 'ops/b', seen: 1 },
		],
	});
	keys.press('down', 'enter');
	assert.equal(keys.model.fire.tag.text, 'ops/b');
});
