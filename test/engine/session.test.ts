import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Anchor, Row, Window } from '../../src/core/session.ts';
import { type AnEngine, anEngine } from '../support/an-engine.ts';
import { fakeClock } from '../support/fake-clock.ts';

function push(console: AnEngine, ...bodies: string[]): void {
	for (const body of bodies) console.sink.event(Buffer.from(`tag/${body}`), Buffer.from(body));
}

function want(
	console: AnEngine,
	id: number,
	filter = '',
	anchor: Anchor = 'tail',
	height = 3,
	isFolded = false,
): void {
	console.receive({ type: 'view.wanted', id, filter, anchor, height, isFolded });
}

function drawn({ rows }: Window): string {
	return rows.map((row) => textOf(row)).join(' ');
}

function textOf(row: Row): string {
	if (row.kind === 'gap') return `gap:${row.gap.cause}`;
	if (row.kind === 'broken') return `broken:${row.reason}`;
	return row.facts.summary;
}

test('a window is answered at once, with the newest rows last', async () => {
	const console = anEngine();
	push(console, 'w1', 'w2', 'w3', 'w4');
	want(console, 1);
	const window = await console.heard('window', ({ view }) => view === 1);
	assert.equal(drawn(window), 'w2 w3 w4');
	assert.deepEqual(
		[window.above, window.below, window.matched, window.isComplete],
		[1, 0, 4, true],
	);
});

test('a search that takes many slices ends in a complete window, though nothing arrives any more', async () => {
	const clock = fakeClock();
	let now = clock.now();
	const console = anEngine(undefined, {
		...clock,
		now() {
			now += 3;
			return now;
		},
	});
	for (let at = 0; at < 3000; at++) push(console, 'w');
	push(console, 'c1');
	want(console, 1, 'c1');
	await console.heard('window', ({ isComplete }) => !isComplete);
	for (let turn = 0; turn < 50; turn++) {
		await new Promise((resolve) => setImmediate(resolve));
		clock.advance(200);
	}
	const window = await console.heard('window', ({ isComplete }) => isComplete);
	assert.equal(drawn(window), 'c1');
});

test('a search that found too little for a window tells so at once when it ends, whatever the pace', async () => {
	const clock = fakeClock();
	let now = clock.now();
	const console = anEngine(undefined, { ...clock, now: () => now++ });
	console.receive({ type: 'pace.wanted', windowsPerSecond: 1 });
	for (let at = 0; at < 9000; at++) push(console, 'w');
	push(console, 'c1');
	now += 1000;
	want(console, 1, 'c1');
	const asked = now;
	await console.heard('window', ({ isComplete }) => !isComplete);
	await console.heard('window', ({ isComplete }) => isComplete);
	assert.ok(now - asked < 1000, `${now - asked} ms`);
});

test('arrivals come as windows, ten a second and no more', async () => {
	const console = anEngine();
	want(console, 1);
	await console.heard('window');
	for (let at = 0; at < 50; at++) {
		push(console, `w${at}`);
		await new Promise((resolve) => setImmediate(resolve));
		console.clock.advance(10);
	}
	console.clock.advance(200);
	await console.heard('window', (window) => drawn(window) === 'w47 w48 w49');
	const windows = console.sent.filter(({ type }) => type === 'window').length;
	assert.ok(windows <= 9, `${windows} windows in 700 ms`);
});

test('a window that is anchored stays where it is and counts what comes below', async () => {
	const console = anEngine();
	push(console, 'w1', 'w2', 'w3', 'w4', 'w5');
	want(console, 1, '', { seq: 3, line: 1 });
	assert.equal(drawn(await console.heard('window')), 'w2 w3 w4');
	push(console, 'c6', 'w7');
	await new Promise((resolve) => setImmediate(resolve));
	console.clock.advance(100);
	const window = await console.heard('window', ({ below }) => below === 3);
	assert.equal(drawn(window), 'w2 w3 w4');
	assert.equal(window.criticalBelow, 1);
});

test('an anchor near the beginning shows what is there', async () => {
	const console = anEngine();
	push(console, 'w1', 'w2', 'w3', 'w4');
	want(console, 1, '', { seq: 1, line: 2 });
	assert.equal(drawn(await console.heard('window')), 'w1 w2 w3');
	want(console, 2, '', { seq: 4, line: 0 });
	assert.equal(drawn(await console.heard('window', ({ view }) => view === 2)), 'w2 w3 w4');
});

test('a filter hides, but never a gap or bytes nobody could read', async () => {
	const console = anEngine();
	push(console, 'w1', 'c2');
	console.sink.gap({ from: 1, to: 2, cause: 'lost' });
	console.sink.broken(Buffer.from([255]), 'torn');
	want(console, 1, 'c2', 'tail', 9);
	assert.equal(drawn(await console.heard('window')), 'c2 gap:lost broken:torn');
});

test('what its format cannot read is a row with its reason', async () => {
	const console = anEngine();
	push(console, 'x1');
	want(console, 1);
	assert.equal(drawn(await console.heard('window')), 'broken:an x is no letter');
});

test('a filter that cannot be read is a notice, and the view stays', async () => {
	const console = anEngine();
	push(console, 'w1');
	want(console, 1);
	await console.heard('window');
	want(console, 2, 'host:(');
	assert.equal((await console.heard('notice')).tone, 'bad');
	push(console, 'w2');
	await new Promise((resolve) => setImmediate(resolve));
	console.clock.advance(200);
	await console.heard('window', (window) => drawn(window) === 'w1 w2');
});

test('the next matching row is found in either direction, or said to be missing', async () => {
	const console = anEngine();
	push(console, 'c1', 'w2', 'w3', 'c4', 'w5');
	want(console, 1);
	await console.heard('window');
	const seek = async (id: number, from: number, towards: 'older' | 'newer') => {
		console.receive({ type: 'row.sought', id, filter: 'sev>=crit', from, towards });
		return (await console.heard('found', (found) => found.id === id)).seq;
	};
	console.receive({ type: 'row.sought', id: 1, filter: 'c4', from: 5, towards: 'older' });
	assert.equal((await console.heard('found')).seq, 4);
	assert.equal(await seek(2, 1, 'newer'), 4);
	assert.equal(await seek(3, 4, 'newer'), undefined);
});

test('an opened event comes redacted, with its blocks and a reference', async () => {
	const console = anEngine();
	push(console, 'wsecret');
	want(console, 1);
	console.receive({ type: 'event.opened', seq: 1 });
	const opened = await console.heard('opened');
	assert.equal(opened.data, 'w***');
	assert.equal(Buffer.from(opened.raw ?? '').toString(), 'w***');
	assert.deepEqual(opened.blocks, [{ type: 'text', text: 'w***' }]);
	assert.match(opened.ref ?? '', /^[0-9a-f]{16}$/);
	console.receive({ type: 'event.opened', seq: 99 });
	assert.ok((await console.heard('opened', ({ seq }) => seq === 99)).missing);
});

test('the tag a transport does not give is made of the format and the name in the body', async () => {
	const console = anEngine();
	console.sink.event(Buffer.alloc(0), Buffer.from('wname'));
	want(console, 1);
	const { rows } = await console.heard('window');
	assert.equal(rows[0]?.kind === 'event' && rows[0].tag, 'letters/name');
});

test('a row the operator holds on to outlives the ring, and so do unseen criticals', async () => {
	const console = anEngine({ events: 10_000, bytes: 1 << 28 });
	push(console, 'c1', 'w2', 'w3');
	console.receive({ type: 'events.kept', seqs: [2] });
	for (let at = 0; at < 200_000; at++) console.sink.event(Buffer.from('t'), Buffer.from('w'));
	assert.ok(console.engine.log.first > 3);
	const isThere = (seq: number) => {
		console.receive({ type: 'event.opened', seq });
		const opened = console.sent.findLast((message) => message.type === 'opened');
		return opened?.type === 'opened' && opened.missing === undefined;
	};
	assert.deepEqual([1, 2, 3].map(isThere), [true, true, false]);
});

test('a window that stands still keeps its rows when the ring has let them fall', async () => {
	const console = anEngine({ events: 10_000, bytes: 1 << 28 });
	push(console, 'w1', 'w2', 'w3');
	want(console, 1, '', { seq: 2, line: 1 });
	assert.equal(drawn(await console.heard('window')), 'w1 w2 w3');
	for (let at = 0; at < 200_000; at++) console.sink.event(Buffer.from('t'), Buffer.from('w'));
	await new Promise((resolve) => setImmediate(resolve));
	console.clock.advance(200);
	const window = await console.heard('window', ({ first }) => first > 3);
	assert.ok(drawn(window).startsWith('w1 w2 w3'), drawn(window));
});

test('criticals nobody saw stand before the oldest row, those that were seen are let go', async () => {
	const console = anEngine({ events: 10_000, bytes: 1 << 28 });
	push(console, 'c1', 'c2', 'w3', 'c4');
	want(console, 1, 'c2');
	await console.heard('window', (window) => drawn(window) === 'c2');
	for (let at = 0; at < 200_000; at++) console.sink.event(Buffer.from('t'), Buffer.from('w'));
	want(console, 2, '', { seq: 1, line: 0 }, 4);
	const window = await console.heard('window', ({ view }) => view === 2);
	assert.equal(drawn(window), 'c1 c4 w w');
	assert.deepEqual([window.oldest, window.fallen, window.above], [1, 2, 0]);
	assert.equal(window.matched, window.held);
	assert.equal(window.below, window.held - 2);
	want(console, 3, 'c4');
	assert.equal(drawn(await console.heard('window', ({ view }) => view === 3)), 'c4');
	console.receive({ type: 'row.sought', id: 1, filter: 'sev>=crit', from: 4, towards: 'older' });
	assert.equal((await console.heard('found')).seq, undefined);
	want(console, 4);
	await console.heard('window', ({ view, isComplete }) => view === 4 && isComplete);
	console.receive({ type: 'row.sought', id: 2, filter: 'sev>=crit', from: 4, towards: 'older' });
	assert.equal((await console.heard('found', ({ id }) => id === 2)).seq, 1);
});

test('rows that repeat the one before stand behind it, critical and cited ones never', async () => {
	const console = anEngine();
	const tagged = (...pairs: readonly (readonly [tag: string, body: string])[]) => {
		for (const [tag, body] of pairs) console.sink.event(Buffer.from(tag), Buffer.from(body));
	};
	tagged(['t', 'w1'], ['t', 'w1'], ['t', 'w1'], ['s', 'w2'], ['u', 'w2'], ['u', 'w2']);
	tagged(['t', 'c1'], ['t', 'c1'], ['v', 'w1'], ['v', 'w1']);
	const folds = ({ rows }: Window) =>
		rows
			.map((row) => `${row.seq}${'fold' in row && row.fold ? `×${row.fold.count}` : ''}`)
			.join(' ');
	want(console, 1, '', 'tail', 9, true);
	const whole = await console.heard('window', ({ matched }) => matched === 10);
	assert.equal(folds(whole), '1×3 4 5×2 7 8 9×2');
	assert.deepEqual([whole.above, whole.below], [0, 0]);
	want(console, 2, '', { seq: 2, line: 0 }, 3, true);
	const within = await console.heard('window', ({ view }) => view === 2);
	assert.equal(folds(within), '1×3 4 5×2');
	assert.equal(within.below, 4);
	console.engine.cite([2]);
	want(console, 3, '', 'tail', 9, true);
	const cited = await console.heard('window', ({ view }) => view === 3);
	assert.equal(folds(cited), '1 2×2 4 5×2 7 8 9×2');
	want(console, 4, '', 'tail', 9, false);
	const each = await console.heard('window', ({ view }) => view === 4);
	assert.equal(folds(each), '2 3 4 5 6 7 8 9 10');
});

test('a fire is answered with what is known of it', async () => {
	const console = anEngine();
	console.receive({
		type: 'fired',
		id: 7,
		source: 'bus',
		events: [{ tag: 'a', data: { b: 1 } }],
		forward: false,
	});
	const answer = await console.heard('fire.answered');
	assert.deepEqual([answer.id, answer.isConfirmed, answer.says], [7, true, 'seen again']);
	assert.deepEqual(console.fired, [{ tag: 'a', data: { b: 1 } }]);
	console.receive({ type: 'fired', id: 8, source: 'no', events: [], forward: false });
	assert.match(
		(await console.heard('fire.answered', ({ id }) => id === 8)).says,
		/no source is called no/,
	);
});

test('counts beat once a second, and a source that is paused leaves a gap', async () => {
	const console = anEngine();
	push(console, 'w1');
	console.sink.link({ kind: 'live' });
	console.clock.advance(3000);
	const beats = console.sent.filter(({ type }) => type === 'counts');
	assert.equal(beats.length, 4);
	console.receive({ type: 'source.paused', source: 'bus', isPaused: true });
	console.receive({ type: 'source.paused', source: 'bus', isPaused: false });
	want(console, 1);
	await console.heard('window', (window) => drawn(window) === 'w1 gap:paused by you');
});
