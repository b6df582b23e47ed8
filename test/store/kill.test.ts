import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aStore, listed, recoveries } from '../support/a-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const program = fileURLToPath(new URL('./dying-writer.js', import.meta.url));
const pointsPerAppend = 5;

test('a writer killed at any point of an append has lost nothing it acknowledged', async (t) => {
	const folder = tempFolder(t);
	for (let point = 1; point <= 3 * pointsPerAppend; point++) {
		const id = `N-${point}`;
		const child = spawnSync(process.execPath, ['--no-warnings', program, folder, id, `${point}`], {
			encoding: 'utf8',
		});
		assert.equal(child.signal, 'SIGKILL', child.stderr);
		const acknowledged = child.stdout.split('\n').slice(0, -1).map(Number);
		const store = await aStore(t, folder);
		const found = (await listed(store, { id })).map(({ step }) => step.rev);
		assert.deepEqual(found.slice(0, acknowledged.length), acknowledged);
		assert.ok(found.length - acknowledged.length <= 1, `point ${point}: ${found}`);
		assert.equal((await store.verify()).kind, 'whole', `point ${point}`);
		await store.close();
	}
	const store = await aStore(t, folder);
	const kinds = (await recoveries(store)).flatMap((detail) => Object.keys(detail));
	assert.deepEqual([...new Set(kinds)].sort(), ['adopted', 'torn']);
});
