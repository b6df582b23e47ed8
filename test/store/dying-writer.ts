import { writeSync } from 'node:fs';
import { systemClock } from '../../src/core/clock.ts';
import { Redactor } from '../../src/core/redact.ts';
import { type JournalFile, openJournalFile } from '../../src/store/journal-file.ts';
import { placeOf } from '../../src/store/place.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';
import { aStep } from '../support/a-step.ts';
import { put } from '../support/a-store.ts';

/**
 * A program that appends steps one after the other, says on stdout what was acknowledged, and kills itself at the
 * point of that number: five points an append.
 */
const [folder = '', id = '', deadly = ''] = process.argv.slice(2);
let point = 0;

function reach(): void {
	point += 1;
	if (point === Number(deadly)) process.kill(process.pid, 'SIGKILL');
}

/** A journal with a point before each of its writes, in the middle, and after it. */
function pierced(file: JournalFile): JournalFile {
	return {
		...file,
		append(text) {
			const half = Math.floor(text.length / 2);
			reach();
			file.append(text.slice(0, half));
			reach();
			file.append(text.slice(half));
			reach();
		},
	};
}

const store = await SqliteStore.open(placeOf(folder, {}), {
	clock: systemClock,
	redact: new Redactor(),
	openFile: (path, mode) => pierced(openJournalFile(path, mode)),
});
for (let rev = 1; ; rev++) {
	await put(store, aStep('note', { id, rev }));
	reach();
	writeSync(1, `${rev}\n`);
	reach();
}
