import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { Step } from '../../src/core/approval.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Redactor } from '../../src/core/redact.ts';
import type { Kept, StepFilter, Store } from '../../src/core/store.ts';
import type { JournalBytes } from '../../src/store/journal-file.ts';
import { placeOf } from '../../src/store/place.ts';
import { SqliteStore, type StoreTools } from '../../src/store/sqlite.ts';
import { aStep } from './a-step.ts';

/** A store on disk in this folder, closed when the test ends. */
export async function aStore(
	t: Pick<TestContext, 'after'>,
	folder: string,
	tools: Partial<StoreTools> = {},
): Promise<SqliteStore> {
	const store = await SqliteStore.open(placeOf(folder, {}), {
		clock: systemClock,
		redact: new Redactor(),
		...tools,
	});
	t.after(() => store.close());
	return store;
}

/** Appends the step after the one before it. */
export function put(store: Store, step: Step): ReturnType<Store['append']> {
	return store.append(step, { id: step.id, rev: step.rev - 1 });
}

/** Appends notes, each with an id of its own. */
export async function putNotes(store: Store, count: number, from = 1): Promise<void> {
	for (let number = from; number < from + count; number++) {
		await put(store, aStep('note', { id: `N-${number}`, detail: { text: `note ${number} ü` } }));
	}
}

export async function listed(store: Store, filter: StepFilter = {}): Promise<readonly Kept[]> {
	return all(store.list(filter));
}

export async function all(records: AsyncIterable<Kept>): Promise<readonly Kept[]> {
	const found: Kept[] = [];
	for await (const kept of records) found.push(kept);
	return found;
}

/** What recoveries the store tells of. */
export async function recoveries(store: Store): Promise<readonly Step['detail'][]> {
	return (await listed(store, { kinds: ['recovered'] })).map(({ step }) => step.detail);
}

/** A journal that is only in memory. */
export function journalOf(bytes: Buffer): JournalBytes {
	return {
		size: () => bytes.length,
		read: (from, length) => bytes.subarray(from, from + length),
		close: () => {},
	};
}

export function journalIn(folder: string): Buffer {
	return readFileSync(`${folder}/journal.jsonl`);
}
