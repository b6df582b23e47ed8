import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aStore, listed, putNotes } from '../support/a-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const program = fileURLToPath(new URL('./filling-writer.js', import.meta.url));

/** Files may grow to so many blocks of 512 bytes, whatever the program's rights. */
const blocks = 400;

test('a disk that takes no more stops new steps with a sentence, and keeps what was acknowledged', async (t) => {
	const folder = tempFolder(t);
	const limited = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" --no-warnings "$@"`;
	const argv = ['-c', limited, process.execPath, program, folder];
	const child = spawnSync('sh', argv, { encoding: 'utf8' });
	assert.equal(child.status, 0, child.stderr);
	const { acknowledged, why, kept, kind } = JSON.parse(child.stdout);
	assert.ok(acknowledged > 5, `${acknowledged} were acknowledged`);
	assert.match(why, /^store: \S+: .*: nothing new runs until /);
	assert.deepEqual([kept, kind], [acknowledged, 'whole']);

	const store = await aStore(t, folder);
	assert.equal((await listed(store)).length, acknowledged);
	await putNotes(store, 1, acknowledged + 1);
	assert.equal((await store.verify()).kind, 'whole');
});
