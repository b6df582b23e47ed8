import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import type { Step } from '../../src/core/approval.ts';
import { aProposal, aStep } from '../support/a-step.ts';
import { aStore, put } from '../support/a-store.ts';
import { olga } from '../support/an-approval.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

const steps: readonly Step[] = [
	aProposal(),
	aStep('approve', { rev: 2, ms: 1000, actor: olga, detail: { reason: '=cmd|\u202e"INC-4471"' } }),
	aStep('claim', { rev: 3, ms: 2000, detail: { executor: 'e1', epoch: 1 } }),
	aStep('intend', { rev: 4, ms: 2000, detail: { executor: 'e1', epoch: 1 } }),
	aStep('end', { rev: 5, ms: 4100, detail: { epoch: 1, outcome: 'ok' } }),
	aStep('note', { id: 'N-0001', ms: 5000, actor: olga, detail: { text: 'roll-out, expected' } }),
];

/** A folder with a store of these steps, and how `audit` speaks of it. */
async function audited(t: TestContext) {
	const folder = tempFolder(t);
	const config = join(folder, 'config.yaml');
	writeFileSync(config, `store: { path: ${join(folder, 'data')} }\n`);
	const store = await aStore(t, join(folder, 'data'));
	for (const step of steps) await put(store, step);
	const audit = async (...words: readonly string[]) => {
		const io = anIo({ HOME: folder, EVENTCTL_CONFIG: config });
		const code = await main(['audit', ...words], io);
		return { code, out: io.out(), err: io.err(), lines: io.out().split('\n').slice(0, -1) };
	};
	return { audit, store, data: join(folder, 'data') };
}

describe('eventctl audit', () => {
	test('tells who did what, and how it ended', async (t) => {
		const { audit } = await audited(t);
		const { code, lines } = await audit();
		assert.equal(code, 0);
		assert.deepEqual(lines.slice(1, 2).concat(lines.slice(4)), [
			'2026-11-21T03:08:01.000Z #2 A-0097 olga: approve k8s.isolate-pod payments/pay-7d9f (T2, plan hash) (=cmd|\\u{202e}"INC-4471")',
			'2026-11-21T03:08:04.100Z #5 A-0097 eventctl: run R-0097 k8s.isolate-pod payments/pay-7d9f: ok 2.1 s',
			'2026-11-21T03:08:05.000Z #6 N-0001 olga: note roll-out, expected',
		]);
	});

	for (const [filter, seqs] of [
		[['who:olga'], [2, 6]],
		[['what:end outcome:ok'], [5]],
		[
			['isolate', 'not what:propose'],
			[2, 3, 4, 5],
		],
		[['run:R-0097 tier>=2 what:approve'], [2]],
		[
			['action:k8s.* target:payments/*', '-n', '2'],
			[4, 5],
		],
		[['id:N-*'], [6]],
		[
			['--since', '2026-11-21T03:08:04Z'],
			[5, 6],
		],
		[
			['sev<=warn', '--until', '2026-11-21T03:08:01Z'],
			[1, 2],
		],
		[['INC-4471'], [2]],
	] as const) {
		test(`finds ${filter.join(' ')}`, async (t) => {
			const { audit } = await audited(t);
			const { lines } = await audit('-o', 'jsonl', ...filter);
			assert.deepEqual(
				lines.map((line) => JSON.parse(line).audit.seq),
				seqs,
			);
		});
	}

	test('points at what is no filter', async (t) => {
		const { audit } = await audited(t);
		assert.equal((await audit('what:(')).code, 2);
	});

	test('gives JSON that holds each step as it was written', async (t) => {
		const { audit } = await audited(t);
		const { apiVersion, records } = JSON.parse((await audit('-o', 'json')).out);
		assert.equal(apiVersion, 'eventctl/v1');
		assert.deepEqual(
			records.map(({ seq: _, prev: __, hash: ___, ...step }: Record<string, unknown>) => step),
			steps,
		);
	});

	test('gives a table in which no cell is a formula or breaks its line', async (t) => {
		const { audit } = await audited(t);
		const lines = (await audit('export', '-o', 'csv')).out.split('\r\n');
		assert.equal(lines.length, steps.length + 2);
		assert.match(lines[2] ?? '', /,"'=cmd\|\\u\{202e\}""INC-4471""",/);
		assert.ok(lines.every((line) => /^[ -~]*$/.test(line)));
	});

	test('says so where nothing was ever recorded, and makes nothing', async (t) => {
		const folder = tempFolder(t);
		const io = anIo({ HOME: folder, XDG_DATA_HOME: folder });
		assert.equal(await main(['audit', 'verify'], io), 0);
		assert.match(io.out(), /^whole: 0 records/);
	});
});

describe('eventctl audit export', () => {
	test('remembers what was written out whole, and no part of it', async (t) => {
		const { audit, store } = await audited(t);
		await audit('export', 'who:olga');
		assert.equal(store.exported.through(), 0);
		const { lines } = await audit('export');
		assert.equal(lines.length, 6);
		assert.equal(store.exported.through(), 6);
	});
});

describe('eventctl audit verify', () => {
	test('says that all is whole', async (t) => {
		const { audit } = await audited(t);
		const { code, out } = await audit('verify');
		assert.deepEqual([code, out.slice(0, 17)], [0, 'whole: 6 records,']);
	});

	test('names the first record that was changed, and why', async (t) => {
		const { audit, data } = await audited(t);
		const journal = join(data, 'journal.jsonl');
		const text = readFileSync(journal, 'latin1');
		writeFileSync(journal, text.replace('"claim"', '"gap"'));
		const { code, out } = await audit('verify');
		assert.deepEqual(
			[code, out],
			[1, 'broken at record 3: the journal has another record there\n'],
		);
	});

	test('says that nothing vouches for a journal that was cut, and leaves it', async (t) => {
		const { audit, data } = await audited(t);
		const journal = join(data, 'journal.jsonl');
		truncateSync(journal, readFileSync(journal).length - 1);
		for (let time = 0; time < 2; time++) {
			const { code, out } = await audit('verify', '-o', 'json');
			assert.deepEqual(
				[code, JSON.parse(out).verdict],
				[8, { kind: 'unanchored', records: 6, why: 'the journal ends at record 5 of 6' }],
			);
		}
	});
});
