import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check } from '../../src/core/block.ts';
import type { DetailLine } from '../../src/state/detail-line.ts';
import { detailLines } from '../../src/state/detail-lines.ts';
import type { Model } from '../../src/state/model.ts';
import { after, aModelWith, anOpened, toEngine, told } from '../support/a-model.ts';

/** Lines as an outline: one word per kind, keys where there are, `▸` for a fold. */
function outline(lines: readonly DetailLine[]): string[] {
	return lines.map((line) => {
		const fold = 'fold' in line && line.fold !== undefined ? (line.isFolded ? '▸' : '▾') : '';
		if (line.kind === 'value') return `${'  '.repeat(line.depth)}${fold}${line.key ?? '-'}`;
		if (line.kind === 'close') return `${'  '.repeat(line.depth)}${line.bracket}`;
		if (line.kind === 'check') return `${fold}${line.check.mark} ${line.check.name}`;
		if (line.kind === 'more') return `${fold}${line.count} more ${line.mark}`;
		if (line.kind === 'label') return `${fold}${line.label}`;
		return line.kind;
	});
}

const data = { fun: 'state.apply', args: ['nginx', { a: 1 }], empty: {} };
const aCheck = (mark: Check['mark'], name: string): Check => ({
	mark,
	name,
	fun: 'file.managed',
	comment: '',
});

test('YAML is the values, nothing folded', () => {
	const lines = detailLines(anOpened({ data }), 'yaml', new Map());
	assert.deepEqual(outline(lines), ['fun', '▾args', '  -', '  ▾-', '    a', 'empty']);
});

test('JSON opens and closes what holds something', () => {
	const lines = detailLines(anOpened({ data }), 'json', new Map());
	assert.deepEqual(outline(lines), [
		'▾-',
		'  fun',
		'  ▾args',
		'    -',
		'    ▾-',
		'      a',
		'    }',
		'  ]',
		'  empty',
		'}',
	]);
});

test('a scalar, bytes and nothing at all are one line', () => {
	for (const value of ['text', 5n, new Uint8Array(3), null, undefined, []]) {
		assert.equal(detailLines(anOpened({ data: value }), 'yaml', new Map()).length, 1);
	}
});

test('raw is sixteen bytes a line', () => {
	const lines = detailLines(anOpened({ raw: new Uint8Array(17) }), 'raw', new Map());
	assert.deepEqual(
		lines.map((line) => line.kind === 'raw' && [line.offset, line.bytes.length]),
		[
			[0, 16],
			[16, 1],
		],
	);
});

test('pretty tells what failed first and folds what went well', () => {
	const checks = [aCheck('ok', 'one'), aCheck('failed', 'two'), aCheck('ok', 'three')];
	const blocks = [
		{ type: 'checks', checks },
		{ type: 'tree', label: 'data', value: data },
	] as const;
	const opened = anOpened({ data, blocks });
	const folded = [
		'failed two',
		'▸2 more ok',
		'blank',
		'▾data',
		'  fun',
		'  ▾args',
		'    -',
		'    ▾-',
		'      a',
		'  empty',
	];
	assert.deepEqual(outline(detailLines(opened, 'pretty', new Map())), folded);
	const unfolded = outline(
		detailLines(
			opened,
			'pretty',
			new Map([
				['checks0', false],
				['tree:data', true],
			]),
		),
	);
	assert.deepEqual(unfolded, ['failed two', '▾2 more ok', 'ok one', 'ok three', 'blank', '▸data']);
});

test('a value in a pretty tree knows its path from the data, also where the tree is a part of it', () => {
	const blocks = [{ type: 'tree', label: 'args', value: data.args }] as const;
	const lines = detailLines(anOpened({ data, blocks }), 'pretty', new Map());
	const last = lines.at(-1);
	assert.deepEqual(last?.kind === 'value' && last.path, ['args', 1, 'a']);
});

test('a row of a table knows its path where the data hold it under that name', () => {
	const fields = { 'proc.name': 'bash' };
	const rows = [
		['proc.name', 'bash'],
		['shown', 'otherwise'],
	] as const;
	const opened = anOpened({ data: { fields }, blocks: [{ type: 'table', rows }] });
	const lines = detailLines(opened, 'pretty', new Map());
	const paths = lines.map((line) => line.kind === 'pair' && line.path);
	assert.deepEqual(paths, [['fields', 'proc.name'], undefined]);
});

test('an event that fell out says so', () => {
	const lines = detailLines(
		{ type: 'opened', seq: 2, missing: 'it has fallen' },
		'yaml',
		new Map(),
	);
	assert.deepEqual(lines, [{ kind: 'text', text: 'it has fallen', tone: 'warn' }]);
});

function opened(): Model {
	return after(
		aModelWith(),
		{ type: 'detail.sized', height: 3 },
		{ type: 'detail.wanted', seq: 2 },
		anOpened({ data: { a: 1, b: { c: 2, d: 3 }, e: 4 } }),
		{ type: 'detail.viewed', by: 1 },
	);
}

test('opening pauses the list on the event and asks for it once', () => {
	const { model, effects } = told(aModelWith(), { type: 'detail.wanted', seq: 2 });
	assert.equal(model.list.selection, 2);
	const asked = toEngine(effects).filter(({ type }) => type === 'event.opened');
	assert.deepEqual(asked, [{ type: 'event.opened', seq: 2 }]);
});

test('the cursor stays within the lines and in sight', () => {
	const down = after(opened(), { type: 'cursor.moved', by: 4 });
	assert.deepEqual([down.detail.cursor, down.detail.top], [4, 2]);
	assert.equal(after(down, { type: 'cursor.moved', by: 9 }).detail.cursor, 4);
	const up = after(down, { type: 'cursor.sent', to: 'first' });
	assert.deepEqual([up.detail.cursor, up.detail.top], [0, 0]);
});

test('folding above leaves the cursor on a line that is there', () => {
	const folded = after(
		opened(),
		{ type: 'cursor.sent', to: 'last' },
		{ type: 'fold.set', fold: '/b', isFolded: true },
	);
	assert.equal(folded.detail.lines.length, 3);
	assert.equal(folded.detail.cursor, 2);
});

test('another view stands on the same value', () => {
	const onD = after(opened(), { type: 'cursor.moved', by: 3 });
	const { detail } = after(onD, { type: 'detail.viewed', by: 1 });
	const line = detail.lines[detail.cursor];
	assert.deepEqual(line?.kind === 'value' && line.path, ['b', 'd']);
});

test('moving the list moves the details along, and an old answer does not show', () => {
	const { model, effects } = told(opened(), { type: 'event.stepped', by: 1 });
	assert.equal(model.detail.seq, 3);
	assert.ok(toEngine(effects).some((asked) => asked.type === 'event.opened' && asked.seq === 3));
	assert.equal(after(model, anOpened({ seq: 9 })).detail.opened?.seq, 2);
});

test('keys that are no text are lines like any other', () => {
	const odd = new Map<unknown, unknown>([
		[1, 'a'],
		['1', new Map([[2n, 'b']])],
	]);
	const lines = detailLines(anOpened({ data: odd }), 'yaml', new Map());
	assert.deepEqual(
		lines.map((line) => (line.kind === 'value' ? [line.key, line.path] : line.kind)),
		[
			[1, ['1']],
			['1', ['1']],
			[2n, ['1', '2']],
		],
	);
});
