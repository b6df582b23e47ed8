import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { savedView, savedViews, saveView } from '../../../src/cli/console/views.ts';
import { Failure } from '../../../src/core/errors.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const view = {
	name: 'web incident',
	filter: 'host:web12',
	time: 'utc',
	isFolded: false,
	isOwn: true,
} as const;

test('a saved view is there at the next start, and nobody else reads it', async (t) => {
	const env = { HOME: tempFolder(t) };
	assert.deepEqual(await savedViews(env), { views: [], problems: [] });
	await saveView(view, env);
	assert.deepEqual((await savedViews(env)).views, [view]);
	assert.deepEqual(await savedView('web incident', env), view);
	const file = join(env.HOME, '.config/eventctl/views/web incident.yaml');
	assert.equal(statSync(file).mode & 0o777, 0o600);
	await assert.rejects(savedView('no such', env), /no view is called so; there are: web incident/);
});

test('a view that cannot be read is told, and the others open', async (t) => {
	const env = { HOME: tempFolder(t) };
	await saveView(view, env);
	const folder = join(env.HOME, '.config/eventctl/views');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'broken.yaml'), 'filtr: x\n');
	writeFileSync(join(folder, 'open.yaml'), 'filter: x\n');
	chmodSync(join(folder, 'open.yaml'), 0o666);
	const { views, problems } = await savedViews(env);
	assert.deepEqual(
		views.map(({ name }) => name),
		['web incident'],
	);
	assert.match(problems.join('\n'), /broken\.yaml: filter: /);
	assert.match(problems.join('\n'), /open\.yaml: anybody may write it/);
});

test('under sudo no view is written into the caller’s home', async (t) => {
	const env = { HOME: tempFolder(t), SUDO_USER: 'olga' };
	await assert.rejects(saveView(view, env), Failure);
});
