import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileWords } from '../../src/cli/file-words.ts';
import { main } from '../../src/cli/main.ts';
import { watched } from '../../src/cli/watched.ts';
import { aStore } from '../support/a-store.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('doctor says where each connector looked, and what stands there', async (t) => {
	const io = anIo({ HOME: tempFolder(t) });
	assert.equal(await main(['doctor'], io), 0);
	assert.match(io.out(), /^eventctl +\d+\.\d+\.\d+ on Node \d+/m);
	assert.match(io.out(), /^salt /m);
	assert.match(io.out(), /\/etc\/salt\/master: (?:absent|file)/);
	assert.match(io.out(), /^ +standard input: nothing is piped into it$/m);
	assert.match(io.out(), /^optional +package zeromq: /m);
	assert.match(io.out(), /^next +nothing to attach to: name a source with -s/m);
	assert.match(io.out(), /^state +\S+\/\.local\/state\/eventctl: absent$/m);
});

test('doctor says where the store is, and whether it is sound', async (t) => {
	const home = tempFolder(t);
	const file = join(home, 'c.yaml');
	writeFileSync(file, `store: { path: ${home}/data }\n`);
	const told = async () => {
		const io = anIo({ HOME: home, EVENTCTL_CONFIG: file });
		assert.equal(await main(['doctor'], io), 0);
		return io
			.out()
			.split('\n')
			.map((line) => line.slice(10));
	};
	const before = await told();
	const at = before.indexOf(`${home}/data (this user’s own)`);
	assert.match(before[at + 1] ?? '', /^SQLite \d+\.\d+\.\d+$/);
	assert.equal(before[at + 2], 'nothing is kept there yet');
	await (await aStore(t, join(home, 'data'))).close();
	assert.deepEqual((await told()).slice(at + 2, at + 4), ['integrity ok', '0 records']);
});

test('doctor tells a broken configuration, and the rest all the same', async (t) => {
	const home = tempFolder(t);
	const file = join(home, 'c.yaml');
	writeFileSync(file, 'sourcs: {}\n');
	const io = anIo({ HOME: home, EVENTCTL_CONFIG: file });
	assert.equal(await main(['doctor'], io), 3);
	assert.match(io.out(), /c\.yaml:1:1: sourcs is not known: did you mean sources\?/);
	assert.match(io.out(), /^salt /m);
});

test('what stands at a path is said with its rights and owners', async (t) => {
	const folder = tempFolder(t);
	const file = join(folder, 'f');
	writeFileSync(file, '');
	chmodSync(file, 0o640);
	assert.match(await fileWords(file), /^file rw-r----- \S+:\S+$/);
	assert.match(await fileWords(folder), /^folder rwx------ /);
	assert.equal(await fileWords(join(folder, 'no', 'such')), 'absent');
	assert.equal(await fileWords(join(file, 'beneath')), 'absent');
	const path = join(folder, 's');
	const server = createServer().listen(path);
	await new Promise((resolve) => server.once('listening', resolve));
	t.after(() => server.close());
	assert.match(await fileWords(path), /^socket /);
});

test('a folder that lets nobody in is named', { skip: process.getuid?.() === 0 }, async (t) => {
	const folder = join(tempFolder(t), 'locked');
	mkdirSync(folder, { mode: 0o000 });
	t.after(() => chmodSync(folder, 0o700));
	assert.match(await fileWords(join(folder, 'a', 'b')), /locked may not be entered \(-{9} /);
});

test('doctor says what eventctl will attach to', async (t) => {
	const io = anIo({ HOME: tempFolder(t), NATS_URL: 'nats://127.0.0.1:4222' });
	await main(['doctor'], io);
	assert.match(io.out(), /^next +`eventctl` attaches to nats$/m);
});

test('a watched environment answers as the other does, and notes what was asked', async () => {
	const { environment, paths, variables } = watched({
		env: { A: '1' },
		stdinIsPiped: false,
		read: async (path) => path,
		list: async () => ['x'],
		exists: async () => true,
	});
	assert.equal(environment.env['A'], '1');
	assert.equal(await environment.read('/a'), '/a');
	assert.deepEqual(await environment.list('/b'), ['x']);
	assert.equal(await environment.exists('/a'), true);
	assert.deepEqual([[...paths], [...variables]], [['/a', '/b'], ['A']]);
});

test('doctor tells what -s names, and that nothing else is attached to then', async (t) => {
	const io = anIo({ HOME: tempFolder(t) });
	assert.equal(await main(['doctor', '-s', 'bus=salt:/srv/salt/run'], io), 0);
	assert.match(io.out(), /^-s +bus: \/srv\/salt\/run$/m);
	assert.match(io.out(), /^next +`eventctl` attaches to bus$/m);
});

test('doctor refuses a source that is none', async (t) => {
	const io = anIo({ HOME: tempFolder(t) });
	assert.equal(await main(['doctor', '-s', 'bogus:x'], io), 2);
	assert.match(io.err(), /no source is of kind bogus/);
});
