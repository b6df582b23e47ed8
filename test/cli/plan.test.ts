import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configFiles } from '../../src/cli/disk.ts';
import { plan, planScreen } from '../../src/cli/plan.ts';
import type { Wanted } from '../../src/cli/wanted.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Failure } from '../../src/core/errors.ts';
import { tempFolder } from '../support/temp-folder.ts';

const isNoSource = (error: unknown) => error instanceof Failure && error.code === 'no-source';

const onScreen = async (wanted: Wanted) =>
	planScreen(wanted, await loadConfig(wanted.env, configFiles, wanted.options));

test('a screen opens without a source where a configuration says what else there is', async (t) => {
	const home = tempFolder(t);
	const file = join(home, 'config.yaml');
	writeFileSync(file, `store: { path: ${home}/data }\n`);
	const nothing = { options: {}, env: { HOME: home }, stdinIsPiped: false };
	const wanted = { ...nothing, env: { HOME: home, EVENTCTL_CONFIG: file } };
	assert.deepEqual((await onScreen(wanted)).sources, []);
	await assert.rejects(plan(wanted), isNoSource);
	await assert.rejects(onScreen(nothing), isNoSource);
});
