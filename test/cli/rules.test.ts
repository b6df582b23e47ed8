import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { anIo } from '../support/an-io.ts';
import { root } from '../support/files.ts';
import { tempFolder } from '../support/temp-folder.ts';

const shell = `${root}playbooks/samples/falco/shell.json`;
const rule = `
- id: shell
  match: 'format:falco rule:"Terminal shell*"'
  suggest: [{ action: k8s.isolate-pod, with: { namespace: '{{ ns }}', pod: '{{ pod }}' } }]
  samples: { match: [shell.json], miss: [host.json] }
`;

/** A folder of configuration with these rules; runs verbs on it. */
function configured(t: TestContext, rules: string) {
	const folder = tempFolder(t);
	mkdirSync(join(folder, 'rules', 'samples'), { recursive: true });
	const config = join(folder, 'config.yaml');
	writeFileSync(config, 'rules: [rules/*.yaml]\n');
	writeFileSync(join(folder, 'rules', 'own.yaml'), rules);
	return {
		folder,
		async run(...words: string[]) {
			const io = anIo({ XDG_CONFIG_HOME: folder });
			const code = await main([...words, '--config', config], io);
			return { code, out: io.out(), err: io.err() };
		},
	};
}

test('rules list tells each rule, and what is wrong with those that are broken', async (t) => {
	const { run } = configured(
		t,
		`${rule}- { id: bad, match: 'sev>=er', suggest: [{ action: k8s.isolate-pod }] }\n`,
	);
	const { code, out, err } = await run('rules', 'list');
	assert.equal(code, 3);
	assert.match(out, /^shell v[0-9a-f]{6} {2}on {2}.*own.yaml:2:3\n/);
	assert.match(out, /\nbad {2}broken/);
	assert.match(
		err,
		/own.yaml:6:27: match: .*did you mean err\? There are .*\n {2}sev>=er\n {7}\^\n/,
	);
	const json = JSON.parse((await run('rules', 'list', '-o', 'json')).out);
	assert.deepEqual(
		[json.apiVersion, json.rules.length, json.rules[0].state],
		['eventctl/v1', 2, 'on'],
	);
});

test('rules test says whether a rule fires for an event, and what it would do', async (t) => {
	const { run } = configured(t, rule);
	const fired = await run('rules', 'test', 'shell', '-f', shell);
	assert.equal(fired.code, 0, fired.err);
	assert.match(
		fired.out,
		/^shell fires\n(?:.*\n)* {2}suggest k8s.isolate-pod \{"namespace":"shop"/,
	);
	const missed = await run(
		'rules',
		'test',
		'shell',
		'-f',
		`${root}playbooks/samples/falco/host.json`,
	);
	assert.equal(missed.code, 1);
	assert.match(missed.out, /^shell does not fire\n {2}✓ format:falco\n {2}✗ rule:/);
	assert.equal((await run('rules', 'test', 'nope', '-f', shell)).code, 2);
});

test('rules explain tells every rule of an event, criterion by criterion', async (t) => {
	const { run } = configured(t, rule);
	const { out } = await run('rules', 'explain', shell, '-o', 'json');
	const { explained } = JSON.parse(out);
	assert.equal(explained[0].rules[0].verdict, 'fired');
	assert.deepEqual(
		explained[0].rules[0].criteria.map(({ isMet }: { isMet: boolean }) => isMet),
		[true, true, true],
	);
});

test('rules backtest replays a recording and says what it would have suggested', async (t) => {
	const { run, folder } = configured(t, rule);
	const lines = [
		{ recording: 1 },
		...['shell', 'host', 'shell'].map((name, index) => recorded(name, index)),
	];
	const file = join(folder, 'night.ndjson');
	writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
	const { code, out, err } = await run(
		'rules',
		'backtest',
		'shell',
		'--replay',
		file,
		'-o',
		'json',
	);
	assert.equal(code, 0, err);
	const { says, would } = JSON.parse(out);
	assert.equal(says, '1 suggestion from 3 events, 1 more within their cool-down');
	assert.equal(would[0].seq, 1);
	assert.equal((await run('rules', 'backtest', 'shell')).code, 2, 'it needs a past');
});

test('a name that is bound to no action is told with its place, and the rules are at work', async (t) => {
	const { run, folder } = configured(t, rule);
	const config = join(folder, 'config.yaml');
	writeFileSync(config, 'rules: [rules/*.yaml]\nactions:\n  lock: { kind: k8s.isolat-pod }\n');
	const { code, out, err } = await run('rules', 'list');
	assert.equal(code, 3);
	assert.match(out, /^shell v[0-9a-f]{6} {2}on/);
	assert.match(
		err,
		/config.yaml:3:3: actions.lock: there is no action k8s.isolat-pod: did you mean k8s.isolate-pod\?/,
	);
});

test('check runs the samples of rules', async (t) => {
	const { run, folder } = configured(t, rule);
	const samples = join(folder, 'rules', 'samples');
	const text = (name: string) => testSample(name);
	writeFileSync(join(samples, 'shell.json'), text('shell'));
	writeFileSync(join(samples, 'host.json'), text('host'));
	assert.deepEqual(await run('check'), {
		code: 0,
		err: '',
		out: 'ok: 1 file, 0 sources, 1 rule, keys\n',
	});
	writeFileSync(join(samples, 'host.json'), text('shell'));
	const { code, err } = await run('check');
	assert.equal(code, 3);
	assert.match(
		err,
		/own.yaml:2:3: shell: sample host.json: it should have been let pass, and was matched/,
	);
});

function testSample(name: string): string {
	return readFileSync(`${root}playbooks/samples/falco/${name}.json`, 'utf8');
}

function recorded(name: string, index: number) {
	const body = Buffer.from(testSample(name).trim()).toString('base64');
	const at = `2026-11-21T03:06:1${index}.000000000Z`;
	return { at, source: 'falco', format: 'falco', kind: 'event', tag: '', body };
}
