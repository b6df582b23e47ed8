import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lines, linesOn } from '../../connectors/lines.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { root } from '../support/files.ts';
import { tempFolder } from '../support/temp-folder.ts';

const none: ReadonlyMap<string, string> = new Map();

/** A source as `-s lines:REST` opens it. */
function opened(t: TestContext, rest: string, query = none) {
	const sink = aSink();
	const stop = new AbortController();
	const settings = lines.parse(lines.fromText(rest, query));
	const ended = lines.open(settings, sink, stop.signal);
	t.after(() => {
		stop.abort();
		return ended.catch(() => {});
	});
	return { sink, ended, stop, bodies: () => sink.events.map(({ body }) => body.toString()) };
}

test('a file is read to its end, and then the link is down', async (t) => {
	const path = join(tempFolder(t), 'a.log');
	writeFileSync(path, 'one\n{"two":2}\nthr');
	const { sink, ended, bodies } = opened(t, path);
	await ended;
	assert.deepEqual(bodies(), ['one', '{"two":2}']);
	assert.deepEqual(sink.broke, [
		{ bytes: Buffer.from('thr'), reason: 'the file ends within this line' },
	]);
	assert.deepEqual(sink.links.at(-1), { kind: 'down', reason: 'read to its end' });
});

test('a file may be followed', async (t) => {
	const path = join(tempFolder(t), 'a.log');
	writeFileSync(path, 'one\n');
	const { sink, bodies } = opened(t, path, new Map([['follow', 'true']]));
	await sink.until('one', () => bodies().length === 1);
	appendFileSync(path, 'two\n');
	await sink.until('two', () => bodies().length === 2);
});

test('an absent file is a failure that names it', async (t) => {
	const { ended } = opened(t, join(tempFolder(t), 'nothing.log'));
	await assert.rejects(ended, /cannot read .*nothing\.log \(ENOENT\)/);
});

test('a command meets no shell, and its end ends the source', async (t) => {
	const { sink, ended, bodies } = opened(t, '!printf %s\\n $HOME *;');
	await ended;
	assert.deepEqual(bodies(), ['$HOME', '*;']);
	assert.deepEqual(sink.links.at(-1), { kind: 'down', reason: 'printf ended with status 0' });
});

test('a failed command says how, with its last words', async (t) => {
	const { sink, ended } = opened(t, '!ls /no/such/place');
	await ended;
	const [link] = sink.links.slice(-1);
	assert.match(link?.kind === 'down' ? link.reason : '', /^ls ended with status 2: ls: .*no\/such/);
});

test('a program that is not there is a failure that names it', async (t) => {
	await assert.rejects(opened(t, '!no-such-program').ended, /cannot start no-such-program/);
});

test('stop ends the command and its children, or their pipe would stay open', async (t) => {
	const sink = aSink();
	const stop = new AbortController();
	const connector = linesOn(fakeClock());
	const settings = connector.parse({ command: [process.execPath, scriptOf(t, forks)] });
	const ended = connector.open(settings, sink, stop.signal);
	await sink.until('the child of the child', () => sink.events.length === 1);
	stop.abort();
	await ended;
});

test('a command that ignores the request to end is killed 5 s later', async (t) => {
	const clock = fakeClock();
	const sink = aSink();
	const stop = new AbortController();
	const connector = linesOn(clock);
	const settings = connector.parse({ command: [process.execPath, scriptOf(t, ignoresTerm)] });
	const ended = connector.open(settings, sink, stop.signal);
	await sink.until('ready', () => sink.events.length === 1);
	stop.abort();
	clock.advance(5000);
	await ended;
});

test('a FIFO is read from one writer after another', async (t) => {
	const path = join(tempFolder(t), 'fifo');
	execFileSync('mkfifo', [path]);
	const { sink, bodies } = opened(t, path);
	await sink.until('live', () => sink.lastLink() === 'live');
	writeFileSync(path, 'one\nhal');
	await sink.until('the half line', () => sink.broke.length === 1);
	writeFileSync(path, 'two\n');
	await sink.until('two', () => bodies().at(-1) === 'two');
	assert.deepEqual(bodies(), ['one', 'two']);
	assert.equal(sink.broke[0]?.bytes.toString(), 'hal');
});

test('a path that becomes a FIFO while it is waited for is read as one', async (t) => {
	const path = join(tempFolder(t), 'fifo');
	const { sink, bodies } = opened(t, path, new Map([['follow', 'true']]));
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	execFileSync('mkfifo', [path]);
	createWriteStream(path).end('one\n');
	await sink.until('one', () => bodies().length === 1);
});

for (const [how, stdin] of [
	['a pipe', `printf 'one\\n{"two":2}\\nhalf' |`],
	['a file', `printf 'one\\n{"two":2}\\nhalf' > "$FILE"; <"$FILE"`],
] as const) {
	test(`standard input that is ${how} is read to its end`, (t) => {
		const env = { ...process.env, FILE: join(tempFolder(t), 'in') };
		const script = scriptOf(t, readsStdin);
		const out = execFileSync('sh', ['-c', `${stdin} ${process.execPath} ${script}`], { env });
		assert.deepEqual(out.toString().trimEnd().split('\n'), [
			'cut one',
			'cut {"two":2}',
			'broken half: standard input ended within this line',
			'down: standard input was read to its end',
		]);
	});
}

test('a piped standard input is found without being named', async () => {
	const nothing = async () => undefined;
	const environment = { env: {}, read: nothing, list: nothing, exists: async () => false };
	const found = await lines.discover?.({ ...environment, stdinIsPiped: true });
	assert.deepEqual(found, [{ name: 'stdin', raw: { stdin: true } }]);
	assert.deepEqual(await lines.discover?.({ ...environment, stdinIsPiped: false }), []);
});

test('settings name exactly one way, and a wrong key by its name', () => {
	assert.throws(
		() => lines.parse({}),
		/^Failure: lines: needs exactly one of file, stdin, command/,
	);
	assert.throws(() => lines.parse({ file: 'a', stdin: true }), /exactly one/);
	assert.throws(() => lines.parse({ file: 'a', colour: 'red' }), /colour/);
	assert.throws(() => lines.parse(lines.fromText('', none)), /lines: file: /);
	assert.throws(() => lines.parse(lines.fromText('!', none)), /lines: command: /);
});

function scriptOf(t: TestContext, text: string): string {
	const path = join(tempFolder(t), 'script.mjs');
	writeFileSync(path, text);
	return path;
}

const forks = `
import { spawn } from 'node:child_process';
spawn(process.execPath, ['-e', 'console.log("here"); setInterval(() => {}, 1000)'], { stdio: 'inherit' });
setInterval(() => {}, 1000);
`;

const ignoresTerm = `
process.on('SIGTERM', () => {});
setInterval(() => {}, 1000);
console.log('ready');
`;

const readsStdin = `
import { lines } from '${root}dist/connectors/lines.js';
const print = (text) => process.stdout.write(text + '\\n');
const sink = {
	cut: (bytes, tagStart, tagEnd, start, end) => print('cut ' + bytes.toString('utf8', start, end)),
	broken: (bytes, reason) => print('broken ' + bytes.toString() + ': ' + reason),
	link: (link) => link.kind === 'down' && print('down: ' + link.reason),
};
await lines.open(lines.parse({ stdin: true }), sink, new AbortController().signal);
`;
