import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { nkeys } from 'nats';
import { type Access, resolveAccess } from '../../../connectors/nats/access.ts';
import { Backoff } from '../../../connectors/nats/backoff.ts';
import { discoverNats } from '../../../connectors/nats/context.ts';
import { connectOptions } from '../../../connectors/nats/dial.ts';
import { nats } from '../../../connectors/nats.ts';
import type { Environment } from '../../../src/core/connector.ts';
import { tempFolder } from '../../support/temp-folder.ts';

type Files = Readonly<Record<string, string>>;

/** A world of these variables and files. */
function aWorld(env: Environment['env'] = {}, files: Files = {}): Environment {
	return {
		env: { HOME: '/home/ann', ...env },
		stdinIsPiped: false,
		read: async (path) => files[path],
		list: async () => undefined,
		exists: async (path) => path in files,
	};
}

function aContext(name: string, context: object): Files {
	return { [`/home/ann/.config/nats/context/${name}.json`]: JSON.stringify(context) };
}

function access(raw: object, world = aWorld()): Promise<Access> {
	return resolveAccess(nats.parse(raw), world);
}

/** What the server would be told. */
function greeting({ authenticators }: Access): object {
	return Object.assign({}, ...authenticators.map((authenticator) => authenticator('nonce')));
}

test('without anything said it is the local server, as nobody', async () => {
	const local = await access({});
	assert.deepEqual(local.servers, ['127.0.0.1:4222']);
	assert.deepEqual(greeting(local), {});
	assert.equal(local.tls, undefined);
	assert.equal(local.inbox, '_INBOX.eventctl');
});

test('a context gives servers, user, TLS and prefixes', async () => {
	const files = aContext('prod', {
		description: 'production',
		url: 'tls://a:4222, nats://b:4223',
		user: 'ann',
		password: 'pw',
		token: '',
		creds: '',
		ca: '~/ca.pem',
		inbox_prefix: '_INBOX_ann',
		jetstream_domain: 'hub',
		color_scheme: 'blue',
	});
	const prod = await access({ context: 'prod' }, aWorld({}, files));
	assert.deepEqual(prod.servers, ['a:4222', 'b:4223']);
	assert.deepEqual(greeting(prod), { user: 'ann', pass: 'pw' });
	assert.equal(prod.identity, 'user ann');
	assert.equal(prod.tls?.ca, '/home/ann/ca.pem');
	assert.equal(prod.inbox, '_INBOX_ann');
	assert.deepEqual(prod.jetstream, { domain: 'hub' });
});

test('settings win over the context', async () => {
	const files = aContext('prod', { url: 'nats://a:4222', token: 'from-the-context' });
	const world = aWorld({ T: 'from-settings' }, files);
	const own = await access({ context: 'prod', servers: 'nats://own:1', token: 'env:T' }, world);
	assert.deepEqual(own.servers, ['own:1']);
	assert.deepEqual(greeting(own), { auth_token: 'from-settings' });
});

test('a context that cannot be had is a sentence without what it holds', async () => {
	const broken = { '/home/ann/.config/nats/context/x.json': '{"password": "hunter2"' };
	await assert.rejects(access({ context: 'x' }, aWorld({}, broken)), (error: Error) => {
		assert.match(error.message, /x\.json is no context of the NATS CLI/);
		return !inspect(error).includes('hunter2');
	});
	await assert.rejects(access({ context: 'y' }), /there is no context y/);
	const nsc = aContext('x', { nsc: 'nsc://operator/account/user' });
	await assert.rejects(access({ context: 'x' }, aWorld({}, nsc)), /uses nsc/);
});

test('credentials in NATS_URL count, and show nowhere', async () => {
	const world = aWorld({ NATS_URL: 'nats://ann:p%40w@h:4222,nats://h2' });
	const [found] = await discoverNats(world);
	assert.ok(found);
	assert.ok(!JSON.stringify(found).includes('p%40w'));
	const named = await access(found.raw, world);
	assert.deepEqual(named.servers, ['h:4222', 'h2']);
	assert.deepEqual(greeting(named), { user: 'ann', pass: 'p@w' });
	const token = await access({ servers: 'env:NATS_URL' }, aWorld({ NATS_URL: 'tls://tok@h:4222' }));
	assert.deepEqual(greeting(token), { auth_token: 'tok' });
	assert.deepEqual(token.tls, { ca: undefined, cert: undefined, key: undefined, first: undefined });
});

test('found without config: NATS_URL, else NATS_CONTEXT, else the selected context, else nothing', async () => {
	const selected = { '/home/ann/.config/nats/context.txt': 'lab\n' };
	const raws = async (env: Environment['env'], files: Files = {}) =>
		(await discoverNats(aWorld(env, files))).map(({ raw }) => JSON.parse(JSON.stringify(raw)));
	const both = { NATS_URL: 'nats://h', NATS_CONTEXT: 'prod', NATS_CREDS: '/x.creds' };
	assert.deepEqual(await raws(both, selected), [
		{ servers: 'env:NATS_URL', creds: 'file:/x.creds' },
	]);
	assert.deepEqual(await raws({ NATS_CONTEXT: 'prod' }, selected), [{ context: 'prod' }]);
	assert.deepEqual(await raws({}, selected), [{ context: 'lab' }]);
	assert.deepEqual(await raws({}), []);
});

test('everything found is something the connector takes', async () => {
	const env = { NATS_URL: 'nats://h', NATS_USER: 'ann', NATS_PASSWORD: 'pw', NATS_CA: '/ca.pem' };
	for (const { raw } of await discoverNats(aWorld(env))) nats.parse(raw);
});

test('an NKey signs with its seed, and is called by its public key', async (t) => {
	const path = join(tempFolder(t), 'user.nk');
	const user = nkeys.createUser();
	writeFileSync(path, Buffer.concat([user.getSeed(), Buffer.from('\n')]), { mode: 0o600 });
	const signing = await access({ nkey: `file:${path}` });
	assert.equal(signing.identity, `the NKey ${user.getPublicKey()}`);
	assert.ok('sig' in greeting(signing));
	writeFileSync(path, 'SUAnonsense', { mode: 0o600 });
	await assert.rejects(access({ nkey: `file:${path}` }), (error: Error) => {
		return /the NKey seed is none/.test(error.message) && !error.message.includes('SUAnonsense');
	});
	await assert.rejects(access({ creds: `file:${path}` }), /lacks its JWT or its seed/);
});

test('the client never gives up, notices a dead server, and waits on our terms', async () => {
	const backoff = new Backoff(() => 0.5);
	const options = connectOptions(await access({ servers: 'nats://h:1' }), backoff);
	assert.deepEqual(
		{ ...options, authenticator: undefined, reconnectDelayHandler: undefined },
		{
			name: 'eventctl',
			servers: ['h:1'],
			authenticator: undefined,
			reconnectDelayHandler: undefined,
			inboxPrefix: '_INBOX.eventctl',
			timeout: 5000,
			waitOnFirstConnect: false,
			maxReconnectAttempts: -1,
			pingInterval: 5000,
			maxPingOut: 2,
		},
	);
	assert.equal(options.reconnectDelayHandler?.(), 0);
	backoff.tried();
	assert.equal(options.reconnectDelayHandler?.(), backoff.delayMs);
});

test('waits grow, are never the same for two, never long, and start anew after a success', () => {
	for (const random of [0, 0.5, 0.999]) {
		const backoff = new Backoff(() => random);
		const delays = Array.from({ length: 20 }, () => {
			backoff.tried();
			return backoff.delayMs;
		});
		assert.deepEqual(
			delays,
			[...delays].sort((a, b) => a - b),
		);
		assert.ok(delays.every((ms) => ms > 0 && ms <= 2500));
		backoff.succeeded();
		assert.equal(backoff.delayMs, 0);
	}
	assert.notEqual(tries(0.1), tries(0.9));
});

function tries(random: number): number {
	const backoff = new Backoff(() => random);
	backoff.tried();
	return backoff.delayMs;
}
