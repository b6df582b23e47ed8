import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { aSaltBus } from '../support/a-salt-bus.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

const rules = `
- id: isolate-it
  match: 'tag:ops/isolate'
  suggest: [{ action: k8s.isolate-pod, with: { namespace: shop, pod: pay } }]
- id: delete-it
  match: 'tag:ops/delete'
  suggest: [{ action: k8s.delete-pod, with: { namespace: shop, pod: pay } }]
`;

/** A Salt bus that echoes, and a configuration whose rules wait for what comes over it. */
async function aBus(t: TestContext, named = '[own.yaml]') {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const config = join(folder, 'config.yaml');
	writeFileSync(join(folder, 'own.yaml'), rules);
	const salt = `sources:\n  salt: { kind: salt, folder: ${folder} }\nsalt: { config: ${folder} }\n`;
	writeFileSync(config, `rules: ${named}\n${salt}`);
	const fire = async (...words: readonly string[]) => {
		const io = anIo({ HOME: folder, XDG_DATA_HOME: folder });
		const code = await main(['fire', ...words, '--config', config], io);
		return { code, out: io.out(), err: io.err() };
	};
	return { folder, fire, tags: () => bus.fired.map(({ tag }) => tag) };
}

test('what is not known to wake anything is fired at once', async (t) => {
	const { fire, tags } = await aBus(t);
	const { code, err } = await fire('ops/done', 'n=1');
	assert.deepEqual([code, tags()], [0, ['ops/done']], err);
});

test('data that cannot be read is a fault of the command line, and nothing is fired', async (t) => {
	const { fire, tags } = await aBus(t);
	const { code, err } = await fire('ops/done', 'n=[1');
	assert.equal(code, 2);
	assert.match(err, /^eventctl: fire: n=\[1: YAML, line 1, column \d+: /);
	assert.deepEqual(tags(), []);
});

test('what wakes a T2 takes --yes', async (t) => {
	const { fire, tags } = await aBus(t);
	const bare = await fire('ops/isolate');
	assert.deepEqual([bare.code, tags()], [6, []]);
	assert.match(bare.err, /firing ops\/isolate is T2: add --yes/);
	assert.equal((await fire('ops/isolate', '--yes')).code, 0);
	assert.deepEqual(tags(), ['ops/isolate']);
});

test('rules that are in force because nothing names any are weighed too', async (t) => {
	const { folder, fire, tags } = await aBus(t);
	const own = join(folder, '.config', 'eventctl', 'rules');
	mkdirSync(own, { recursive: true });
	writeFileSync(join(own, 'own.yaml'), rules);
	writeFileSync(
		join(folder, 'config.yaml'),
		`sources:\n  salt: { kind: salt, folder: ${folder} }\nsalt: { config: ${folder} }\n`,
	);
	const bare = await fire('ops/isolate');
	assert.deepEqual([bare.code, tags()], [6, []], bare.err);
	assert.match(bare.err, /firing ops\/isolate is T2: add --yes/);
});

test('what wakes a T3 takes its tag and a reason, and is an audited run', async (t) => {
	const { fire, tags } = await aBus(t);
	const bare = await fire('ops/delete', '--yes');
	assert.deepEqual([bare.code, tags()], [6, []]);
	assert.match(bare.err, /is T3: add --confirm ops\/delete --reason WHY/);
	const yes = ['--confirm', 'ops/delete', '--reason', 'INC-4471'];
	const { code, out, err } = await fire('ops/delete', 'n=1', ...yes, '-o', 'json');
	assert.equal(code, 0, err);
	const { run } = JSON.parse(out);
	assert.deepEqual(
		[run.action, run.target, run.tier, run.outcome],
		['salt.fire', 'ops/delete', 3, 'ok'],
	);
	assert.deepEqual(tags(), ['ops/delete']);
});

for (const named of ['[own.yaml]', '[]']) {
	test(`a reactor of the master is a T2, with the rules ${named}`, async (t) => {
		const { folder, fire, tags } = await aBus(t, named);
		writeFileSync(
			join(folder, 'master'),
			'reactor: [ "ops/deploy/*": [ /srv/reactor/deploy.sls ] ]\n',
		);
		const bare = await fire('ops/deploy/done');
		assert.deepEqual([bare.code, tags()], [6, []]);
		const { out } = await fire('ops/deploy/done', '--dry-run');
		assert.equal(out, 'would wake reactor ops/deploy/* → /srv/reactor/deploy.sls (T2)\n');
		assert.equal((await fire('ops/other')).code, 0);
	});
}

test('a dry run tells what would be woken and fires nothing', async (t) => {
	const { fire, tags } = await aBus(t);
	const { code, out } = await fire('ops/delete', '--dry-run');
	assert.deepEqual([code, tags()], [0, []]);
	assert.match(out, /^would wake rule delete-it \(suggests k8s\.delete-pod\) \(T3\)\n/);
});
