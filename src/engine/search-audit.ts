import type { Kept, Store } from '../core/store.ts';

/** The newest `limit` records that hold `text`, in whatever case, oldest first. An empty text is held by all. */
export async function searchAudit(
	store: Store,
	text: string,
	limit: number,
): Promise<readonly Kept[]> {
	if (text === '') return collected(store.list({ last: limit }));
	const wanted = text.toLowerCase();
	const found: Kept[] = [];
	for await (const kept of store.list({})) {
		if (!JSON.stringify(kept.step).toLowerCase().includes(wanted)) continue;
		found.push(kept);
		if (found.length > limit) found.shift();
	}
	return found;
}

async function collected(records: AsyncIterable<Kept>): Promise<readonly Kept[]> {
	const all: Kept[] = [];
	for await (const kept of records) all.push(kept);
	return all;
}
