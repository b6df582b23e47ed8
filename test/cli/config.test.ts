import assert from 'node:assert/strict';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { parseYaml } from '../../src/codec/yaml.ts';
import { anIo } from '../support/an-io.ts';
import { root } from '../support/files.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A home whose config file says this. */
function aHome(t: TestContext, text: string): { HOME: string; file: string } {
	const home = tempFolder(t);
	const folder = join(home, '.config', 'eventctl');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'config.yaml');
	writeFileSync(file, text, { mode: 0o600 });
	return { HOME: home, file };
}

async function ran(words: string, env: Record<string, string>) {
	const io = anIo(env);
	const code = await main(words.split(' '), io);
	return { code, out: io.out(), err: io.err() };
}

test('config show prints a configuration that could be read again', async (t) => {
	const { HOME } = aHome(t, 'profile: prod\nsources:\n  app: { kind: lines, file: /var/log/x }\n');
	const { code, out } = await ran('config show', { HOME });
	assert.equal(code, 0);
	const shown = parseYaml(out);
	assert.partialDeepStrictEqual(JSON.parse(JSON.stringify(shown)), {
		apiVersion: 'eventctl/v1',
		profile: 'prod',
		sources: { app: { kind: 'lines', file: '/var/log/x' } },
	});
});

test('config show --origin says where each value was said', async (t) => {
	const { HOME, file } = aHome(t, 'profile: prod\nbuffer:\n  events: 20000\n');
	const { out } = await ran('config show --origin', { HOME, EVENTCTL_READ_ONLY: '1' });
	assert.ok(out.includes(`profile: prod  # user, ${file}:1:1\n`), out);
	assert.ok(out.includes(`buffer.events: 20000  # user, ${file}:3:3\n`), out);
	assert.ok(out.includes('readOnly: true  # environment, EVENTCTL_READ_ONLY\n'), out);
	assert.ok(out.includes('ascii: false  # default\n'), out);
});

test('config show hides a secret that was written down, and shows a reference', async (t) => {
	const { HOME } = aHome(
		t,
		'sources: { b: { kind: x, token: hunter2, tls: { key: "file:/k" } } }\n',
	);
	for (const words of ['config show', 'config show --origin']) {
		const { out } = await ran(words, { HOME });
		assert.ok(!out.includes('hunter2'), out);
		assert.match(out, /token"?: ?"?\*\*\*/);
		assert.match(out, /file:\/k/);
	}
});

test('config schema is a JSON Schema, config path lists files lowest first', async (t) => {
	const { HOME, file } = aHome(t, '');
	const schema: unknown = JSON.parse((await ran('config schema', { HOME })).out);
	assert.partialDeepStrictEqual(schema, { type: 'object', additionalProperties: false });
	const { out } = await ran('config path', { HOME });
	const lines = out.trimEnd().split('\n');
	assert.match(lines[0] ?? '', /^system +\/etc\/eventctl\/config\.yaml/);
	assert.ok(lines.includes(`user     ${file}`), out);
	assert.match(out, new RegExp(`state +${HOME}/.local/state/eventctl`));
});

test('a word config does not know is a mistake of usage', async () => {
	const { code, err } = await ran('config shwo', {});
	assert.equal(code, 2);
	assert.match(err, /did you mean show\?/);
});

test('check is content with what is in order, and names all that is not', async (t) => {
	const good = aHome(t, 'sources:\n  app: { kind: lines, file: /x }\n');
	assert.deepEqual(await ran('check', good), {
		code: 0,
		out: 'ok: 1 file, 1 source, keys\n',
		err: '',
	});
	const bad = aHome(t, 'sources:\n  a: { kind: lins, file: /x }\n  b: { kind: lines, fiel: /x }\n');
	const { code, err } = await ran('check', bad);
	assert.equal(code, 3);
	assert.match(err, new RegExp(`${bad.file}:2:8: source a: .*did you mean lines\\?`));
	assert.match(err, new RegExp(`${bad.file}:3:21: source b: .*fiel`));
});

test('check says of each misspelt setting of a source where it stands and what was meant', async (t) => {
	const wrong = [
		'sources:',
		'  a:',
		'    kind: salt',
		'    buss: minion',
		'  b: { kind: falco, file: /x, form: end }',
		'  c: { kind: nats, subjects: [a], tls: { cq: /ca.pem } }',
		'  d: { kind: zeromq, endpoint: 3 }',
		'',
	];
	const { HOME, file } = aHome(t, wrong.join('\n'));
	const { code, err } = await ran('check', { HOME });
	assert.equal(code, 3);
	assert.deepEqual(err.trimEnd().split('\n'), [
		`${file}:4:5: source a: salt: buss is not known: did you mean bus?`,
		`${file}:5:31: source b: falco: form is not known: did you mean from?`,
		`${file}:6:42: source c: nats: tls.cq is not known`,
		`${file}:7:22: source d: zeromq: endpoint: is a text`,
	]);
});

test('check warns of secrets that cannot be read from here, and runs no command for one', async (t) => {
	const mark = join(tempFolder(t), 'ran');
	const { HOME, file } = aHome(
		t,
		[
			'sources:',
			'  a: { kind: nats, subjects: [a], nkey: file:/no/such }',
			'  b: { kind: nats, subjects: [a], user: u, password: env:NOT_SET }',
			`  c: { kind: nats, subjects: [a], token: 'cmd:touch ${mark}' }`,
			'',
		].join('\n'),
	);
	const { code, err } = await ran('check', { HOME });
	assert.equal(code, 0);
	const [first, second, ...more] = err.trimEnd().split('\n');
	assert.match(
		first ?? '',
		/^warning: .*:2:35: sources\.a\.nkey: the secret file \/no\/such cannot/,
	);
	assert.equal(
		second,
		`warning: ${file}:3:44: sources.b.password: the secret env:NOT_SET is empty: set it`,
	);
	assert.deepEqual(more, []);
	assert.equal(existsSync(mark), false);
});

test('check warns of a seed that is none, and of contexts and certificates that are not there', async (t) => {
	const seed = join(tempFolder(t), 'user.nk');
	writeFileSync(seed, 'hunter2\n', { mode: 0o600 });
	const sources = [
		'sources:',
		`  a: { kind: nats, subjects: [a], nkey: 'file:${seed}' }`,
		'  b: { kind: nats, subjects: [a], context: prod }',
		'  c: { kind: nats, subjects: [a], tls: { ca: /no/such.pem } }',
		'',
	];
	const { HOME, file } = aHome(t, sources.join('\n'));
	const { code, err } = await ran('check', { HOME });
	assert.equal(code, 0);
	assert.deepEqual(err.trimEnd().split('\n'), [
		`warning: ${file}:2:3: source a: nats: the NKey seed is none: it is one line that starts with SU`,
		`warning: ${file}:3:3: source b: nats: there is no context prod: ${HOME}/.config/nats/context/prod.json cannot be read`,
		`warning: ${file}:4:3: source c: nats: tls.ca: /no/such.pem cannot be read`,
	]);
});

test('a setting of the wrong kind is told in words', async (t) => {
	const says = async (text: string) => {
		const { HOME, file } = aHome(t, text);
		return (await ran('check', { HOME })).err.replace(`eventctl: ${file}:`, '').trimEnd();
	};
	assert.equal(await says('keymap: emacs\n'), '1:1: keymap: is one of default, vim, calm');
	assert.equal(await says('buffer: { events: 3 }\n'), '1:11: buffer.events: is at least 10000');
	assert.equal(await says('readOnly: yes please\n'), '1:1: readOnly: is true or false');
	assert.equal(await says('profile: ""\n'), '1:1: profile: is empty');
	assert.equal(await says('sources: { a: { bus: minion } }\n'), '1:12: sources.a.kind: is missing');
});

test('keys prints what each key does, as the user has it, and check reads the same', async (t) => {
	const { HOME, file } = aHome(t, 'keymap: default\n');
	const keys = join(dirname(file), 'keys.yaml');
	writeFileSync(keys, 'apiVersion: eventctl/v1\nglobal:\n  "%": filter.open\n');
	const { code, out } = await ran('keys', { HOME });
	assert.equal(code, 0);
	assert.match(out, /^global$/m);
	assert.match(out, /^ {2}\S.* {2}%.* \(filter\.open\)$/m);
	assert.equal((await ran('check', { HOME })).code, 0);
	writeFileSync(keys, 'apiVersion: eventctl/v1\nglobal:\n  "%": filter.opne\n');
	const { code: refused, err } = await ran('check', { HOME });
	assert.equal(refused, 3);
	assert.match(err, /keys\.yaml:3:\d+: .*there is no command filter\.opne/);
});

test('the keys.yaml that docs/keys.md shows is in order', async (t) => {
	const { HOME, file } = aHome(t, '');
	const page = readFileSync(`${root}docs/keys.md`, 'utf8');
	writeFileSync(join(dirname(file), 'keys.yaml'), /```yaml\n([^`]*)```/.exec(page)?.[1] ?? '');
	assert.deepEqual(await ran('check', { HOME }), {
		code: 0,
		out: 'ok: 1 file, 0 sources, keys\n',
		err: '',
	});
	assert.match((await ran('keys', { HOME })).out, /;.*\(list\.follow\)/);
});

test('a config file that anybody may write is refused with exit code 3', async (t) => {
	const { HOME, file } = aHome(t, 'profile: prod\n');
	chmodSync(file, 0o666);
	const { code, err } = await ran('check', { HOME });
	assert.equal(code, 3);
	assert.match(err, /chmod o-w/);
});

test('a keys.yaml that anybody may write is refused too', async (t) => {
	const { HOME, file } = aHome(t, '');
	const keys = join(dirname(file), 'keys.yaml');
	writeFileSync(keys, '');
	chmodSync(keys, 0o602);
	const { code, err } = await ran('keys', { HOME });
	assert.equal(code, 3);
	assert.match(err, /keys\.yaml: anybody may write it/);
});

test('config init writes a file that check is content with, and never over another', async (t) => {
	const HOME = tempFolder(t);
	const env = { HOME, NATS_URL: 'nats://127.0.0.1:4222' };
	const file = join(HOME, '.config', 'eventctl', 'config.yaml');
	assert.equal((await ran('config init', env)).code, 0);
	assert.equal(statSync(file).mode & 0o777, 0o600);
	assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
	assert.match(readFileSync(file, 'utf8'), /nats:\n {4}kind: nats\n {4}servers: env:NATS_URL\n/);
	assert.deepEqual(await ran('check', env), {
		code: 0,
		out: 'ok: 1 file, 1 source, keys\n',
		err: '',
	});
	const again = await ran('config init', env);
	assert.equal(again.code, 2);
	assert.match(again.err, /config\.yaml: is there already: eventctl config edit/);
});

test('config init writes nothing to the home of whoever called sudo', async (t) => {
	const HOME = tempFolder(t);
	const { code, err } = await ran('config init', { HOME, SUDO_USER: 'olga' });
	assert.equal(code, 2);
	assert.match(err, /under sudo nothing goes to the caller's home/);
	assert.deepEqual(readdirSync(HOME), []);
	assert.equal(
		(await ran(`config init --config ${HOME}/c.yaml`, { HOME, SUDO_USER: 'olga' })).code,
		0,
	);
});

test('config init says where it cannot write', async (t) => {
	const file = join(tempFolder(t), 'f');
	writeFileSync(file, '');
	const { code, err } = await ran(`config init --config ${file}/c.yaml`, {});
	assert.equal(code, 3);
	assert.match(err, /f\/c\.yaml: cannot be written: /);
});

test('config edit asks for nothing where nobody can answer', async (t) => {
	const { code, err } = await ran('config edit', { HOME: tempFolder(t) });
	assert.equal(code, 2);
	assert.match(err, /config edit: needs a terminal; edit .*config\.yaml/);
});
