import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { httpClient } from '../../src/actions/http-client.ts';
import { saltApi } from '../../src/actions/salt-api.ts';
import { saltCli } from '../../src/actions/salt-cli.ts';
import { saltSettings } from '../../src/actions/salt-settings.ts';
import { Doubt, Refusal } from '../../src/core/action.ts';
import type { CommandResult } from '../../src/core/host-tool.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Answer, aWebServer, type Received } from '../support/a-web-server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testFile } from '../support/files.ts';

const never = new AbortController().signal;
const jid = '20261121093000000001';
const call = { fun: 'test.ping', args: [], kwargs: {} };
const order = { ...call, target: 'web-01,db-02', targetType: 'list' } as const;

type Recorded = {
	readonly argv: readonly string[];
	readonly exit: number;
	readonly stdout: string;
};

/** The command line whose answers are those recorded of a real one. */
function recorded(salt: string, ...words: readonly string[]) {
	const { runs } = JSON.parse(testFile(`recordings/salt/cli/${salt}.json`).toString());
	const found = runs.find(({ argv }: Recorded) => words.every((word) => argv.includes(word)));
	assert.ok(found, words.join(' '));
	return cliAnswering({ exitCode: found.exit, stdout: found.stdout, stderr: found.stderr });
}

function cliAnswering(answer: Partial<CommandResult>) {
	const calls: (readonly string[])[] = [];
	const usual = { exitCode: 0, signal: undefined, isCut: false, stdout: '', stderr: '' };
	const door = saltCli({ programs: '/opt/salt/bin', config: '/srv/salt' }, async (argv) => {
		calls.push(argv);
		return { ...usual, leftOut: 0, base64: [], survivors: [], ...answer };
	});
	return { door, calls };
}

for (const salt of ['3006.28', '3008.3']) {
	test(`the commands of ${salt} are understood as they answer`, async () => {
		const sent = recorded(salt, '--async', '--out=json', '*');
		assert.match(await sent.door.publish(order, never), /^\d{20}$/);
		assert.deepEqual(sent.calls[0]?.slice(0, 4), ['/opt/salt/bin/salt', '-c', '/srv/salt', '-L']);
		assert.deepEqual(sent.calls[0]?.slice(-3), ['--', 'web-01,db-02', 'test.ping']);
		const nobody = recorded(salt, 'nobody').door.publish(order, never);
		await assert.rejects(nobody, (thrown) => thrown instanceof Refusal);
		const found = await recorded(salt, 'jobs.list_job').door.lookup(jid, never);
		assert.deepEqual(
			found.map(({ minion, isGood, data }) => [minion, isGood, data]),
			[
				['db-02', true, true],
				['web-01', true, true],
			],
		);
		const unknown = await recorded(salt, 'salt-run', 'no.such').door.runner(call, 1000, never);
		assert.deepEqual([unknown.isGood, unknown.data], [false, "'no.such' is not available."]);
	});
}

test('a command that does not end puts an order in doubt, and is no answer to a question', async () => {
	const { door } = cliAnswering({ isCut: true });
	await assert.rejects(door.publish(order, never), (thrown) => thrown instanceof Doubt);
	await assert.rejects(door.runner(call, 1000, never), (thrown) => thrown instanceof Doubt);
	await assert.rejects(door.match('*', 'glob', never), { code: 'unreachable' });
});

/** salt-api with one user; each token is good for so many commands. */
async function anApi(t: TestContext, answers: Readonly<Record<string, unknown>>, good = 100) {
	let tokens = 0;
	let left = 0;
	const server = await aWebServer(t, ({ path, body, headers }: Received): Answer => {
		if (path === '/login') {
			if (JSON.parse(body).password !== 'sesame')
				return { status: 401, body: '<h2>401</h2> Could not authenticate' };
			left = good;
			tokens += 1;
			return { body: JSON.stringify({ return: [{ token: `token-${tokens}` }] }) };
		}
		left -= 1;
		const isKnown = headers['x-auth-token'] === `token-${tokens}` && left >= 0;
		if (!isKnown) return { status: 401, body: '<h2>401 Unauthorized</h2><p>No permission</p>' };
		const [{ client, fun }] = JSON.parse(body);
		return { body: JSON.stringify({ return: [answers[`${client} ${fun}`]] }) };
	});
	const open = (login: Parameters<typeof saltApi>[0]['login'], clock = fakeClock()) =>
		saltApi({ api: server.base, login }, httpClient({ clock, env: {} }), clock);
	const commands = () =>
		server.received.filter(({ path }) => path === '/').map(({ body }) => JSON.parse(body)[0]);
	return { open, commands, logins: () => tokens };
}

const alice = { user: 'alice', password: new Secret('sesame'), eauth: 'pam' };

test('by salt-api minions are matched, an order is sent, and the job cache is read', async (t) => {
	const api = await anApi(t, {
		'runner cache.grains': { 'web-01': { os: 'x' }, 'db-02': {} },
		'local_async test.ping': { jid, minions: ['web-01', 'db-02'] },
		'runner jobs.list_job': { Result: { 'web-01': { return: 1, retcode: 0, success: true } } },
	});
	const door = api.open(alice);
	assert.deepEqual(await door.match('*', 'glob', never), ['db-02', 'web-01']);
	assert.equal(await door.publish(order, never), jid);
	assert.deepEqual(api.commands()[1], {
		client: 'local_async',
		tgt: ['web-01', 'db-02'],
		tgt_type: 'list',
		fun: 'test.ping',
		arg: [],
		kwarg: {},
	});
	assert.deepEqual(await door.lookup(jid, never), [
		{ minion: 'web-01', isGood: true, retcode: 0, data: 1 },
	]);
	assert.equal(api.logins(), 1);
});

test('a token that ran out is asked for again, once', async (t) => {
	const api = await anApi(t, { 'runner cache.grains': { 'web-01': {} } }, 1);
	const door = api.open(alice);
	for (const _time of [1, 2]) assert.deepEqual(await door.match('*', 'glob', never), ['web-01']);
	assert.equal(api.logins(), 2);
});

test('what salt-api refuses is told in its words, and no secret with them', async (t) => {
	const api = await anApi(t, { 'runner cache.grains': 'Failed to authenticate' });
	const wrong = { ...alice, password: new Secret('sesame-wrong') };
	for (const [login, words] of [
		[wrong, /refuses the login of alice \(401\): 401 Could not authenticate/],
		[{ token: new Secret('sesame-old') }, /refuses cache\.grains \(401\): the token is not taken/],
		[alice, /refuses it \(200\).*Failed to authenticate/],
	] as const) {
		await assert.rejects(api.open(login).match('*', 'glob', never), (thrown: Error) => {
			assert.match(thrown.message, words);
			assert.ok(!thrown.message.includes('sesame'));
			return true;
		});
	}
});

test('nobody matched by salt-api is a refusal', async (t) => {
	const api = await anApi(t, { 'local_async test.ping': {} });
	const sent = api.open(alice).publish(order, never);
	await assert.rejects(sent, (thrown) => thrown instanceof Refusal);
});

test('how Salt is reached is checked, and a password is a reference', () => {
	assert.deepEqual(saltSettings({}), {});
	const api = 'https://salt.internal:8000';
	assert.throws(() => saltSettings({ api, user: 'a', password: 'sesame' }), {
		message: /salt: password: a secret is a reference/,
	});
	assert.throws(() => saltSettings({ api: 'salt.internal' }), { message: /salt\.api is https/ });
});
