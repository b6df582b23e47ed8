import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aStore, listed, recoveries } from '../support/a-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const program = fileURLToPath(new URL('./dying-writer.js', import.meta.url));
const pointsPerAppend = 5;

test('a writer killed at any point of an append has lost nothing it acknowledged', async (t) => {
	const folder = tempFolder(t);
	for (let point = pointsPerAppend + 1; point <= 2 * pointsPerAppend; point++) {
		const id = `N-${point}`;
		const acknowledged = await died(folder, id, point);
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

test('four writers at once, each killed at another point, leave one chain', async (t) => {
	const folder = tempFolder(t);
	await (await aStore(t, folder)).close();
	const points = [61, 62, 63, 64];
	const ends = await Promise.all(points.map((point) => died(folder, `N-${point}`, point)));
	const store = await aStore(t, folder);
	for (const [index, acknowledged] of ends.entries()) {
		const found = (await listed(store, { id: `N-${points[index]}` })).map(({ step }) => step.rev);
		assert.deepEqual(found.slice(0, acknowledged.length), acknowledged);
		assert.ok(acknowledged.length > 0 && found.length - acknowledged.length <= 1, `${found}`);
	}
	assert.equal((await store.verify()).kind, 'whole');
});

/** The revisions that a writer acknowledged before it killed itself. */
async function died(folder: string, id: string, point: number): Promise<readonly number[]> {
	const child = spawn(process.execPath, ['--no-warnings', program, folder, id, `${point}`]);
	const [text, [, signal]] = await Promise.all([textOf(child.stdout), once(child, 'exit')]);
	assert.equal(signal, 'SIGKILL');
	return text.split('\n').slice(0, -1).map(Number);
}
