import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import type { Criterion } from '../../src/core/criterion.ts';
import { Cuts } from '../../src/core/cuts.ts';
import { EventLog } from '../../src/log/event-log.ts';
import { Matcher } from '../../src/log/matcher.ts';
import type { Slab } from '../../src/log/slab.ts';
import { View } from '../../src/log/view.ts';
import { type Random, random } from '../support/random.ts';

const all: Criterion = { kind: 'all' };

function aLog(): EventLog {
	const log = new EventLog({ events: 1_000_000, bytes: 1 << 30 });
	log.indexRows = (slab, from, to) => {
		for (let row = from; row < to; row++) {
			slab.tagIds[row] = slab.tags.intern(slab.bytes, slab.tagStart(row), slab.tagEnd(row));
		}
	};
	return log;
}

/** Events as a read brings them: with something before, between and behind them and between tag and body. */
function aRead(random: Random, count: number, longest: number): Cuts {
	const pieces: Buffer[] = [];
	const cuts = new Cuts();
	let length = 0;
	const add = (bytes: Buffer) => {
		pieces.push(bytes);
		length += bytes.length;
		return length;
	};
	for (let at = 0; at < count; at++) {
		const tagStart = add(random.bytes(random.below(8)));
		const tagEnd = add(random.bytes(random.below(20)));
		const bodyStart = add(random.bytes(random.below(3)));
		cuts.add(tagStart, tagEnd, bodyStart, add(random.bytes(random.below(longest))));
	}
	add(random.bytes(5));
	cuts.bytes = Buffer.concat(pieces);
	return cuts;
}

function rowsOf(log: EventLog): string[] {
	log.index(() => false);
	return log.slabs.flatMap((slab) =>
		Array.from({ length: slab.rows }, (_, row) => {
			const columns = [slab.sources, slab.formats, slab.kinds, slab.arrivedSeconds];
			const fixed = columns.map((column) => column[row]).join(' ');
			return `${fixed} ${slab.arrived(row)} ${hex(slab, row)} ${slab.isTransportTag(row)}`;
		}),
	);
}

function hex(slab: Slab, row: number): string {
	return `${slab.tag(row).toString('hex')} ${slab.body(row).toString('hex')}`;
}

for (const [what, reads, count, longest] of [
	['many small reads', 200, 9, 60],
	['reads that fill the columns', 3, 30_000, 4],
	['reads that end a slab', 8, 60, 100_000],
] as const) {
	test(`events of one read become the rows that they become one by one: ${what}`, () => {
		const numbers = random(reads);
		const [together, apart] = [aLog(), aLog()];
		for (let at = 0; at < reads; at++) {
			const cuts = aRead(numbers, 1 + numbers.below(count), longest);
			together.appendAll(cuts, at % 3, 1000 + at, at);
			cuts.pushEach({
				cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd) {
					const tag = bytes.subarray(tagStart, tagEnd);
					const body = bytes.subarray(bodyStart, bodyEnd);
					apart.append(boundsOf(tag, body), at % 3, 1000 + at, at);
				},
			});
		}
		assert.equal(together.next, apart.next);
		assert.deepEqual(rowsOf(together), rowsOf(apart));
	});
}

test('what stands between the events of a read is never found', () => {
	const log = aLog();
	const cuts = new Cuts();
	cuts.bytes = Buffer.from('one needle two three needle needle four');
	cuts.add(0, 0, 0, 3);
	cuts.add(11, 12, 12, 14);
	cuts.add(15, 20, 21, 27);
	cuts.add(34, 34, 34, 39);
	log.appendAll(cuts, 0, 0, 0);
	for (const [text, found] of [
		['needle', [3]],
		['e n', []],
		['t', [2, 3]],
		['w', [2]],
		['three', [3]],
	] as const) {
		const criterion: Criterion = { kind: 'literal', bytes: Buffer.from(text) };
		const view = new View(log, new Matcher(log, criterion, all, () => undefined));
		view.advance(() => false);
		assert.deepEqual(view.upTo(log.next, 9), found, text);
	}
});

test('a pushed run is forgotten, and goes event by event where the sink knows no runs', () => {
	const cuts = new Cuts();
	cuts.bytes = Buffer.from('abcdef');
	cuts.add(0, 1, 1, 2);
	cuts.add(2, 3, 4, 6);
	const pushed: string[] = [];
	const sink = {
		cut(bytes: Uint8Array, tagStart: number, tagEnd: number, start: number, end: number) {
			const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString();
			pushed.push(`${text(tagStart, tagEnd)}:${text(start, end)}`);
		},
	};
	cuts.pushTo(sink);
	cuts.pushTo(sink);
	assert.deepEqual(pushed, ['a:b', 'c:ef']);
	assert.equal(cuts.longestTag, 0);
});
