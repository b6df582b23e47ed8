import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Step } from '../../src/core/approval.ts';
import { Redactor } from '../../src/core/redact.ts';
import type { StepFilter, Store } from '../../src/core/store.ts';
import { aProposal, aStep } from '../support/a-step.ts';
import { all, listed, put } from '../support/a-store.ts';
import { olga } from '../support/an-approval.ts';

/** Opens an empty store that is closed when the test ends. */
export type OpenEmpty = (t: TestContext, redactor: Redactor) => Promise<Store>;

/** What every store keeps to. */
export function conforms(name: string, openEmpty: OpenEmpty): void {
	const open = (t: TestContext, redactor = new Redactor()) => openEmpty(t, redactor);

	describe(`${name} as a store`, () => {
		test('takes a step only after the one it was written for', async (t) => {
			const store = await open(t);
			assert.deepEqual(await put(store, aProposal()), { seq: 1 });
			const [first, second] = [approvedBy('olga'), approvedBy('ivan')];
			assert.deepEqual(await put(store, first), { seq: 2 });
			assert.deepEqual(await put(store, second), { conflict: first });
			assert.deepEqual(await store.last('A-0097'), first);
			assert.equal(await store.last('A-0098'), undefined);
		});

		test('lets one of many win', async (t) => {
			const store = await open(t);
			await put(store, aProposal());
			const racers = Array.from({ length: 20 }, (_, index) => put(store, approvedBy(`${index}`)));
			const won = (await Promise.all(racers)).filter((answer) => 'seq' in answer);
			assert.deepEqual(won, [{ seq: 2 }]);
		});

		test('refuses a step whose revision makes no sense', async (t) => {
			const store = await open(t);
			const late = aStep('approve', { rev: 3 });
			await assert.rejects(() => put(store, late), /revision 3 of A-0097 cannot follow/);
			await assert.rejects(() => store.append(late, { id: 'A-0097', rev: 0 }), /cannot follow/);
			assert.deepEqual(await seqs(store, {}), []);
		});

		test('gives back what it was given, to the byte', async (t) => {
			const store = await open(t);
			const detail = { text: 'ü\n\u2028\ud800"\\', n: 0.1, list: [1, null, true], __proto: {} };
			const step = aStep('note', { actor: { ...olga, from: 'pts/7' }, detail });
			const { contentHash: _, ...without } = aStep('note', { rev: 2 });
			await put(store, step);
			await put(store, without);
			assert.deepEqual(await steps(store, {}), [step, without]);
		});

		test('lists by id, kind and time, and the last of them oldest first', async (t) => {
			const store = await open(t);
			for (const id of ['A-1', 'A-2', 'A-3']) {
				await put(store, aProposal({}, { id }));
				await put(store, aStep('approve', { id, rev: 2, ms: Number(id.slice(2)) * 1000 }));
			}
			assert.deepEqual(await seqs(store, {}), [1, 2, 3, 4, 5, 6]);
			assert.deepEqual(await seqs(store, { id: 'A-2' }), [3, 4]);
			assert.deepEqual(await seqs(store, { kinds: ['approve', 'reject'] }), [2, 4, 6]);
			assert.deepEqual(await seqs(store, { kinds: [] }), []);
			assert.deepEqual(await seqs(store, { last: 2 }), [5, 6]);
			assert.deepEqual(await seqs(store, { kinds: ['approve'], last: 1 }), [6]);
			const [since, until] = ['2026-11-21T04:08:02+01:00', '2026-11-21T03:08:02Z'];
			assert.deepEqual(await seqs(store, { since }), [4, 6]);
			assert.deepEqual(await seqs(store, { since, until }), [4]);
		});

		test('tells a watcher what was there and what comes, until it is stopped', async (t) => {
			const store = await open(t);
			await put(store, aProposal());
			await put(store, approvedBy('olga'));
			const stop = new AbortController();
			const seen: number[] = [];
			for await (const { seq } of store.watch(1, stop.signal)) {
				seen.push(seq);
				if (seq === 2) setImmediate(() => put(store, aStep('reject', { rev: 3 })));
				if (seq === 3) stop.abort();
			}
			assert.deepEqual(seen, [2, 3]);
		});

		test('ends its watchers when it is closed', async (t) => {
			const store = await open(t);
			const watching = all(store.watch(0, new AbortController().signal));
			setImmediate(() => store.close());
			assert.deepEqual(await watching, []);
		});

		test('chains its records, and says that it is whole', async (t) => {
			const store = await open(t);
			await put(store, aProposal());
			await put(store, approvedBy('olga'));
			const [first, second] = await all(store.list({}));
			assert.equal(first?.prev, '0'.repeat(64));
			assert.equal(second?.prev, first?.hash);
			assert.deepEqual(await store.verify(), { kind: 'whole', records: 2, head: second?.hash });
		});

		test('writes down no secret', async (t) => {
			const redactor = new Redactor({ paths: ['plan.params.key'] });
			const store = await open(t, redactor);
			redactor.learn('hunter2-hunter2');
			const detail = { plan: { params: { key: 1, url: 'x hunter2-hunter2' } } };
			await put(store, aStep('note', { actor: { ...olga, from: 'hunter2-hunter2' }, detail }));
			store.outputs.write('R-1', 0, 'out', 'it is hunter2-');
			store.outputs.write('R-1', 0, 'out', 'hunter2!\n');
			assert.deepEqual((await store.last('A-0097'))?.detail, {
				plan: { params: { key: '***', url: 'x ***' } },
			});
			assert.equal((await store.last('A-0097'))?.actor.from, '***');
			assert.deepEqual(await texts(store, 'R-1'), ['it is ***!']);
		});

		test('keeps the beginning and the end of what a run prints, and counts the rest', async (t) => {
			const { outputs } = await open(t);
			for (let line = 0; line < 3000; line++) {
				outputs.write('R-1', 1, 'out', `line ${line} ${'x'.repeat(90)}\n`);
			}
			outputs.write('R-1', 2, 'err', 'no end of line');
			outputs.end('R-1');
			const lines = await outputs.read('R-1');
			const length = lines.reduce((sum, { text }) => sum + text.length, 0);
			assert.ok(length > 60_000 && length < 66_000, `${length} characters are kept`);
			assert.match(lines[0]?.text ?? '', /^line 0 /);
			assert.deepEqual(lines.at(-1), { step: 2, stream: 'err', text: 'no end of line' });
			const note = lines.find(({ stream }) => stream === 'note');
			const left = Number(
				/^(\d+) lines, \d+ characters of out left out$/.exec(note?.text ?? '')?.[1],
			);
			assert.equal(left + lines.length - 2, 3000);
		});

		test('remembers how far an export went, and never less', async (t) => {
			const { exported } = await open(t);
			assert.equal(exported.through(), 0);
			exported.mark(7);
			exported.mark(3);
			assert.equal(exported.through(), 7);
		});

		test('knows who is alive, by epoch', async (t) => {
			const { leases } = await open(t);
			leases.renew('A-1', 1, 1000);
			leases.renew('A-1', 1, 2000);
			assert.equal(leases.until('A-1', 1), 2000);
			assert.equal(leases.until('A-1', 2), undefined);
			assert.equal(leases.until('A-2', 1), undefined);
		});
	});
}

function approvedBy(name: string): Step {
	return aStep('approve', { rev: 2, actor: { id: `uid:${name}`, name } });
}

async function steps(store: Store, filter: StepFilter): Promise<readonly Step[]> {
	return (await listed(store, filter)).map(({ step }) => step);
}

async function seqs(store: Store, filter: StepFilter): Promise<readonly number[]> {
	return (await listed(store, filter)).map(({ seq }) => seq);
}

async function texts({ outputs }: Store, run: string): Promise<readonly string[]> {
	return (await outputs.read(run)).map(({ text }) => text);
}
