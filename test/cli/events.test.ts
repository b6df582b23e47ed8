import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A folder of files to read, and the verb on them. */
function aFolder(t: TestContext) {
	const folder = tempFolder(t);
	const path = (name: string) => join(folder, name);
	const ran = async (...words: readonly string[]) => {
		const io = anIo({ HOME: folder });
		const code = await main(words, io);
		return { code, out: io.out(), err: io.err() };
	};
	return { path, ran, events: (...words: readonly string[]) => ran('events', ...words) };
}

test('without following, what is there is shown and the exit is 0', async (t) => {
	const { path, events } = aFolder(t);
	writeFileSync(path('one.json'), '{"rule":"A","priority":"Error"}\n');
	const { code, out } = await events('-s', `falco:${path('one.json')}`, '--no-follow', '--count');
	assert.deepEqual([code, out], [0, '1\n']);
});

test('without following, a source that is not there is exit 4 after what the others had', async (t) => {
	const { path, events } = aFolder(t);
	writeFileSync(path('one.json'), '{"rule":"A","priority":"Error"}\n');
	const sources = ['-s', `falco:${path('one.json')}`, '-s', `salt:${path('nowhere')}`];
	const { code, out, err } = await events(...sources, '--no-follow', '--count');
	assert.deepEqual([code, out], [4, '1\n']);
	assert.match(err, /salt: not connected: cannot open .*nowhere.*\(ENOENT\)/);
});

test('a number of a JSON body is written as it came, and what nobody could see as an escape', async (t) => {
	const { path, events } = aFolder(t);
	const body =
		'{"n":9007199254740993,"pi":3.141592653589793238462643,"one":1.0,"e":1e999,"s":"a\u202eb"}';
	writeFileSync(path('a.json'), `${body}\n`);
	const { out } = await events('-s', `lines:${path('a.json')}`);
	assert.ok(out.endsWith(`,"data":${body.replace('\u202e', '\\u202e')}}\n`), out);
	assert.equal(JSON.parse(out).data.s, 'a\u202eb');
	const salt = await events('-s', `lines:${path('a.json')}`, '-o', 'salt');
	assert.equal(salt.out, `json\t${body.replace('\u202e', '\\u202e')}\n`);
});

test('a source of the configuration may name its own keys, and the filter reads by them', async (t) => {
	const { path, ran } = aFolder(t);
	writeFileSync(
		path('app.json'),
		'{"lvl":"info","box":"b1"}\n{"lvl":"crit","box":"b2","note":"full"}\n',
	);
	const file = path('c.yaml');
	const source = `kind: lines, file: ${path('app.json')}, format: { severity: lvl, host: [box], message: note }`;
	writeFileSync(file, `sources: { app: { ${source} } }\n`, { mode: 0o600 });
	for (const only of [[], ['--only']]) {
		const { out } = await ran('events', 'sev>=err host:b*', '--config', file, '-q', ...only);
		const { severity, host, summary, format } = JSON.parse(out);
		assert.deepEqual([severity, host, summary, format], ['crit', 'b2', 'full', 'json']);
	}
	writeFileSync(file, 'sources:\n  s: { kind: salt, format: { severity: lvl } }\n');
	const { code, err } = await ran('events', '--config', file);
	assert.equal(code, 3);
	assert.match(err, /c\.yaml:2:20: source s: format: a salt source has keys of its own/);
});

test('words written for Salt’s own event runner mean the same', async (t) => {
	const { path, events } = aFolder(t);
	writeFileSync(path('a.json'), '{"rule":"A x"}\n{"rule":"B y"}\n{"rule":"B z"}\n');
	const source = ['-s', `falco:${path('a.json')}`, '-q', '-o', 'salt'];
	const { out } = await events('tagmatch=falco/B*', 'count=1', ...source);
	assert.equal(out, 'falco/B y\t{"rule":"B y"}\n');
});

test('with --only the same events come, and the others are not even counted', async (t) => {
	const { path, events } = aFolder(t);
	writeFileSync(
		path('a.json'),
		'{"rule":"A","priority":"Debug"}\n{"rule":"B","priority":"Error"}\nnot JSON\n',
	);
	const source = ['-s', `falco:${path('a.json')}`, '--no-follow'];
	const { code, out } = await events(...source, '--only', 'sev>=err', '-q');
	const [first, second] = out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	assert.equal(code, 0);
	assert.deepEqual([first.seq, first.data.rule], [1, 'B']);
	assert.match(second.broken.reason, /no JSON object/);
});

test('a console whose stdout is no terminal writes lines, in the format asked for', async (t) => {
	const { path, ran } = aFolder(t);
	writeFileSync(path('one.json'), '{"message":"hello"}\n');
	const source = ['-s', `lines:${path('one.json')}`];
	assert.match((await ran(...source)).out, /^\{"apiVersion":"eventctl\/v1","seq":1,/);
	assert.match((await ran(...source, '-o', 'text')).out, / info +lines - json hello\n$/);
	assert.match((await ran('-o', 'text', 'events', ...source)).out, / json hello\n$/);
	assert.match((await ran('replay', path('none'), '-o', 'xml')).err, /-o xml: there are jsonl/);
});

test('a timeout ends it with 124, and what came before is written', async (t) => {
	const { path, events } = aFolder(t);
	writeFileSync(path('one.json'), '');
	appendFileSync(path('one.json'), '{"rule":"A","priority":"Error"}\n');
	const timeout = ['--timeout', '400ms'];
	const { code, out } = await events('-s', `falco:${path('one.json')}`, ...timeout, '-o', 'text');
	assert.equal(code, 124);
	assert.match(out, /falco\/A/);
});
