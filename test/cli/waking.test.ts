import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { salt } from '../../connectors/registry.ts';
import { wakingFor } from '../../src/cli/waking.ts';
import { Catalog } from '../../src/engine/catalog.ts';
import { anEngine } from '../support/an-engine.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a bus that was attached later is known for what it is, with the reactors behind it', async (t) => {
	const folder = tempFolder(t);
	writeFileSync(join(folder, 'master'), 'reactor: [ "ops/*": [ /srv/deploy.sls ] ]\n');
	const { engine, clock } = anEngine();
	const waking = wakingFor({
		engine,
		catalog: new Catalog({ actions: [], bindings: [], tiers: {} }),
		book: () => ({ explain: () => [], info: () => [] }),
		saltConfig: folder,
		now: clock.now,
	});
	engine.openSource({
		name: 'late',
		connector: salt,
		settings: salt.parse({ folder }),
		target: '',
	});
	const found = await waking.of({ source: 'late', tag: 'ops/x', data: {} });
	assert.deepEqual(found.wakes, [{ says: 'reactor ops/* → /srv/deploy.sls', tier: 2 }]);
	assert.equal((await waking.of({ source: 'bus', tag: 'ops/x', data: 'w' })).tier, 1);
	await engine.stop();
});
