import { systemClock } from '../../src/core/clock.ts';
import { reasonOf } from '../../src/core/errors.ts';
import { Redactor } from '../../src/core/redact.ts';
import { placeOf } from '../../src/store/place.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';
import { listed, putNotes } from '../support/a-store.ts';

/** A program that appends until it cannot, and says on stdout as JSON how the store is then. */
const [folder = ''] = process.argv.slice(2);
const store = await SqliteStore.open(placeOf(folder, {}), {
	clock: systemClock,
	redact: new Redactor(),
});

async function fill(): Promise<{ readonly acknowledged: number; readonly why: string }> {
	for (let count = 0; ; count++) {
		try {
			await putNotes(store, 1, count + 1);
		} catch (thrown) {
			return { acknowledged: count, why: reasonOf(thrown) };
		}
	}
}

const filled = await fill();
const kept = (await listed(store)).length;
const { kind } = await store.verify();
process.stdout.write(JSON.stringify({ ...filled, kept, kind }));
process.exit(0);
