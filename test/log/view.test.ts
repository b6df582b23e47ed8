import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import type { Criterion } from '../../src/core/criterion.ts';
import { newPeek, rowKind } from '../../src/core/format.ts';
import { EventLog } from '../../src/log/event-log.ts';
import { type Decode, Matcher } from '../../src/log/matcher.ts';
import { View } from '../../src/log/view.ts';
import { append } from '../support/a-log.ts';
import { random } from '../support/random.ts';

const all: Criterion = { kind: 'all' };
const never = () => false;

function aLog(events = 1_000_000): EventLog {
	return new EventLog({ events, bytes: 1 << 30 });
}

function literal(text: string): Criterion {
	return { kind: 'literal', bytes: Buffer.from(text) };
}

/** A word of small letters, in either case. */
function folded(text: string): Criterion {
	const mask = Uint8Array.from(text, (letter) => (/[a-z]/.test(letter) ? 0x20 : 0));
	return { kind: 'literal', bytes: Buffer.from(text), mask };
}

function viewOf(log: EventLog, criterion: Criterion, base?: View): View {
	return new View(log, new Matcher(log, criterion, all, () => undefined), base);
}

/** Ends a slice after so many looks at the clock. */
function afterLooks(looks: number): () => boolean {
	let left = looks;
	return () => left-- <= 0;
}

test('a view finds the newest rows first and knows when it is complete', () => {
	const log = aLog();
	for (let at = 0; at < 10_000; at++) append(log, { body: at % 100 === 0 ? 'needle' : 'hay' });
	const view = viewOf(log, literal('needle'));
	assert.equal(view.advance(afterLooks(2)), false);
	const some = view.matched;
	assert.ok(some > 0 && some < 100);
	assert.deepEqual(view.upTo(log.next - 1, 2), [9801, 9901]);
	assert.equal(view.advance(never), true);
	assert.equal(view.matched, 100);
	assert.deepEqual(view.after(0, 2), [1, 101]);
});

test('whatever slices indexing and searching were cut into, every match is found', () => {
	for (let seed = 1; seed <= 20; seed++) {
		const chance = random(seed);
		const log = aLog();
		log.indexRows = (slab, from, to) => {
			for (let row = from; row < to; row++) slab.index(row, 0, 0, 0, newPeek());
		};
		const at = boundsOf(Buffer.from('a/tag'), Buffer.alloc(1 << 14, 'needle '));
		const view = viewOf(log, literal('needle'));
		for (let turn = 0; turn < 20; turn++) {
			for (let left = chance.below(400); left > 0; left--) log.append(at, 0, 1000, 5);
			view.advance(afterLooks(chance.below(12)));
		}
		assert.equal(view.advance(never), true, `seed ${seed}`);
		assert.equal(view.matched, log.held, `seed ${seed}`);
	}
});

test('arrivals are matched as they come, and the window asked for does not move', () => {
	const log = aLog();
	for (let at = 0; at < 10; at++) append(log);
	const view = viewOf(log, all);
	view.advance(never);
	for (let at = 0; at < 5; at++) append(log, { severity: 2 });
	view.advance(never);
	assert.deepEqual(view.upTo(10, 3), [8, 9, 10]);
	assert.equal(view.matched, 15);
	assert.equal(view.countBefore(11), 10);
	assert.equal(view.severeAfter(10, 2), 5);
	assert.equal(view.severeAfter(12, 2), 3);
});

test('a hit never crosses the end of an event', () => {
	const log = aLog();
	append(log, { body: 'xxnee' });
	append(log, { body: 'dlexx' });
	append(log, { body: 'a NeEdLe' });
	const view = viewOf(log, folded('needle'));
	view.advance(never);
	assert.deepEqual(view.after(0, 9), [3]);
});

test('a word in the tag counts as well as one in the body', () => {
	const log = aLog();
	append(log, { tag: 'salt/needle', body: '' });
	append(log, { tag: 'salt/hay', body: '' });
	append(log, { tag: 'salt/hay', body: 'needle' });
	append(log, { tag: 'falco/needle', body: '', isTransportTag: false });
	append(log, { tag: 'falco/need', body: 'le', isTransportTag: false });
	const view = viewOf(log, literal('needle'));
	view.advance(never);
	assert.deepEqual(view.after(0, 9), [1, 3, 4]);
});

test('gaps and broken rows are shown whatever words a filter asks for', () => {
	const log = aLog();
	append(log, { body: 'hay' });
	append(log, { body: '{}', kind: rowKind.gap });
	append(log, { body: 'needle' });
	append(log, { body: '?', kind: rowKind.broken });
	const view = viewOf(log, literal('needle'));
	view.advance(never);
	assert.deepEqual(view.after(0, 9), [2, 3, 4]);
});

test('a body that may spell the literal by numbers is decoded all the same', () => {
	const log = aLog();
	append(log, { body: '{"a":"needle"}' });
	append(log, { body: '{"a":"n\\u0065edle"}' });
	append(log, { body: '{"a":"hay"}' });
	const decoded: string[] = [];
	const criterion: Criterion = {
		kind: 'decoded',
		literal: { bytes: Buffer.from('needle') },
		test: () => true,
	};
	const decode: Decode = (slab, row) => {
		decoded.push(slab.body(row).toString());
		return undefined;
	};
	new View(log, new Matcher(log, criterion, all, decode)).advance(never);
	assert.deepEqual(decoded, ['{"a":"n\\u0065edle"}', '{"a":"needle"}'].sort().reverse());
});

test('each distinct tag is tested once', () => {
	const log = aLog();
	for (let at = 0; at < 10_000; at++) append(log, { tag: `tag/${at % 10}` });
	const asked: string[] = [];
	const view = viewOf(log, {
		kind: 'tag',
		transportOnly: false,
		test: (tag) => asked.push(tag) > 0 && tag.endsWith('7'),
	});
	view.advance(never);
	assert.equal(view.matched, 1000);
	assert.equal(asked.length, 10);
});

test('a view over a narrower filter finds the same, looking at earlier hits only', () => {
	const log = aLog();
	for (let at = 0; at < 5000; at++) append(log, { body: `n${at % 7} m${at % 11}` });
	const wide = viewOf(log, literal('n3'));
	wide.advance(never);
	let looked = 0;
	const narrow: Criterion = {
		kind: 'and',
		parts: [literal('n3'), { kind: 'source', test: () => true }, literal('m5')],
	};
	const counting: Criterion = {
		kind: 'and',
		parts: [{ kind: 'text', test: () => ++looked > 0 }, narrow],
	};
	const view = viewOf(log, counting, wide);
	view.advance(never);
	const alone = viewOf(log, narrow);
	alone.advance(never);
	assert.deepEqual(view.after(0, 10_000), alone.after(0, 10_000));
	assert.ok(looked <= wide.matched * 2);
});

test('the oldest slab falls whole, with its matches, and is counted', () => {
	const log = aLog(70_000);
	const fallen: number[] = [];
	log.onFall = (slab) => fallen.push(slab.rows);
	const view = viewOf(log, literal('odd'));
	for (let at = 0; at < 300_000; at++) {
		append(log, { tag: `job/${at}`, body: at % 2 ? 'odd' : 'even' });
		if (at % 10_000 === 0) view.advance(never);
	}
	view.advance(never);
	assert.ok(log.held >= 70_000 && log.held <= 70_000 + 2 * 65_536);
	assert.equal(
		log.fallen,
		fallen.reduce((sum, rows) => sum + rows, 0),
	);
	assert.equal(log.fallen + log.held, 300_000);
	assert.equal(view.matched, view.after(0, 300_000).length);
	assert.equal(view.matched, Math.floor(log.held / 2));
	assert.equal(log.place(log.first - 1), undefined);
});

test('the ring stays below its bytes', () => {
	const bytes = 64 << 20;
	const log = new EventLog({ events: 1_000_000, bytes });
	const body = Buffer.alloc(10_000, 'x');
	for (let at = 0; at < 20_000; at++) append(log, { body });
	assert.ok(log.byteLength <= bytes, `${log.byteLength}`);
	assert.ok(log.held > 2000);
});

test('random filters over random rows agree with a plain loop', () => {
	const { below, pick } = random(42);
	const log = aLog();
	const rows: { tag: string; body: string; source: string; severity: number; seconds: number }[] =
		[];
	for (let at = 0; at < 3000; at++) {
		const row = {
			tag: `t/${below(20)}`,
			body: `w${below(9)} W${below(9)}`,
			source: pick(['salt', 'nats']),
			severity: below(9),
			seconds: 1000 + below(100),
		};
		rows.push(row);
		append(log, row);
	}
	type Row = (typeof rows)[number];
	const leaf = (): [Criterion, (row: Row) => boolean] => {
		const word = `w${below(9)}`;
		const from = 1000 + below(100);
		return pick<[Criterion, (row: Row) => boolean]>([
			[folded(word), ({ tag, body }) => `${tag} ${body}`.toLowerCase().includes(word)],
			[{ kind: 'source', test: (name) => name === 'nats' }, ({ source }) => source === 'nats'],
			[{ kind: 'severity', test: (rank) => rank <= 4 }, ({ severity }) => severity <= 4],
			[
				{ kind: 'tag', transportOnly: false, test: (tag) => tag.endsWith('3') },
				({ tag }) => tag.endsWith('3'),
			],
			[{ kind: 'time', from: BigInt(from) * 1_000_000_000n }, ({ seconds }) => seconds >= from],
		]);
	};
	const tree = (depth: number): [Criterion, (row: Row) => boolean] => {
		if (depth === 0) return leaf();
		const [one, isOne] = tree(depth - 1);
		const [other, isOther] = tree(depth - 1);
		return pick<[Criterion, (row: Row) => boolean]>([
			[{ kind: 'and', parts: [one, other] }, (row) => isOne(row) && isOther(row)],
			[{ kind: 'or', parts: [one, other] }, (row) => isOne(row) || isOther(row)],
			[{ kind: 'not', part: one }, (row) => !isOne(row)],
		]);
	};
	for (let turn = 0; turn < 200; turn++) {
		const [criterion, isMatch] = tree(below(4));
		const view = viewOf(log, criterion);
		while (!view.advance(afterLooks(1)));
		const expected = rows.flatMap((row, at) => (isMatch(row) ? [at + 1] : []));
		assert.deepEqual(view.after(0, 5000), expected);
		assert.deepEqual(view.upTo(log.next, 5000), expected);
		assert.equal(view.matched, expected.length);
	}
});
