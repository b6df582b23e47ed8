import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openKube } from '../../src/actions/kube-client.ts';
import { Doubt } from '../../src/core/action.ts';
import { Failure } from '../../src/core/errors.ts';
import { KubeError, type KubeTool } from '../../src/core/kube-tool.ts';
import { kubeconfigFor } from '../../src/lab/kubeconfig.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;
const path = '/api/v1/namespaces/payments/pods';

/** A server that answers as it likes, and the client on it. */
async function served(t: TestContext, answer: RequestListener, token?: string): Promise<KubeTool> {
	const server = createServer(answer).listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		server.close();
		server.closeAllConnections();
	});
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('no port');
	const KUBECONFIG = written(t, kubeconfigFor('lab', `http://127.0.0.1:${address.port}`, token));
	return openKube({ KUBECONFIG });
}

function written(t: TestContext, text: string): string {
	const file = join(tempFolder(t), 'kubeconfig');
	writeFileSync(file, text);
	return file;
}

async function failing(promise: Promise<unknown>, code: string, words: RegExp): Promise<void> {
	await assert.rejects(promise, (thrown) => {
		assert.ok(thrown instanceof Failure, `${thrown}`);
		assert.equal(thrown.code, code);
		assert.match(thrown.message, words);
		return true;
	});
}

test('what the server refuses is told in its own words, with its status', async (t) => {
	const kube = await served(t, (_, response) => {
		response.writeHead(403).end('{"kind":"Status","message":"pods is forbidden: User \\"u\\""}');
	});
	await assert.rejects(kube.list(path, {}, never), (thrown) => {
		assert.ok(thrown instanceof KubeError);
		assert.deepEqual([thrown.status, thrown.message], [403, 'pods is forbidden: User "u"']);
		return true;
	});
});

test('a list is read page by page', async (t) => {
	const asked: string[] = [];
	const kube = await served(t, ({ url = '' }, response) => {
		asked.push(url);
		const items = [{ metadata: { name: `pod-${asked.length}`, uid: '1', resourceVersion: '1' } }];
		response.end(
			JSON.stringify({ metadata: asked.length < 3 ? { continue: 'm/ore' } : {}, items }),
		);
	});
	const names = (await kube.list(path, { fieldSelector: 'a=b' }, never)).map(
		({ metadata }) => metadata.name,
	);
	assert.deepEqual(names, ['pod-1', 'pod-2', 'pod-3']);
	assert.equal(asked[1], `${path}?fieldSelector=a%3Db&limit=500&continue=m%2Fore`);
});

test('the token of the kubeconfig goes with each request', async (t) => {
	const kube = await served(
		t,
		({ headers }, response) => response.end(headers.authorization),
		'secret',
	);
	assert.equal(await kube.text('/version', {}, 100, never), 'Bearer secret');
});

test('a text is cut where it grows beyond its bounds', async (t) => {
	const kube = await served(t, (_, response) => response.end('x'.repeat(200_000)));
	assert.equal((await kube.text('/log', {}, 1000, never)).length, 1000);
});

test('a write that was sent and not answered leaves a doubt, a rehearsal or a read does not', async (t) => {
	const kube = await served(t, (request, response) => {
		request.resume().on('end', () => response.destroy());
	});
	await assert.rejects(kube.create(path, {}, {}, never), Doubt);
	await failing(kube.create(path, {}, { dryRun: true }, never), 'unreachable', /does not answer/);
	await failing(kube.get(path, never), 'unreachable', /does not answer/);
});

test('a server that is not there is unreachable, and nothing was done', async (t) => {
	const KUBECONFIG = written(t, kubeconfigFor('lab', 'http://127.0.0.1:1'));
	const kube = await openKube({ KUBECONFIG });
	await failing(kube.create(path, {}, {}, never), 'unreachable', /127\.0\.0\.1:1 does not answer/);
});

test('an answer that is no object of the API is said to be none', async (t) => {
	const answers = ['<html>', '{"metadata":{}}'];
	const kube = await served(t, (_, response) => response.end(answers.shift()));
	await failing(kube.get(path, never), 'undecodable', /not JSON/);
	await failing(kube.get(path, never), 'undecodable', /metadata\.name/);
});

test('rights are asked of the server, and its reason is passed on', async (t) => {
	const kube = await served(t, (_, response) => {
		response.writeHead(201).end('{"status":{"allowed":false,"reason":"no RBAC policy matched"}}');
	});
	const access = {
		verb: 'create',
		group: '',
		resource: 'pods',
		subresource: 'eviction',
		namespace: 'payments',
	} as const;
	const why =
		'the cluster lab does not let this user create pods/eviction in payments: no RBAC policy matched';
	assert.equal(await kube.forbids(access, never), why);
});

test('a context is taken by its name, the current one without; an unknown one is named with those there are', async (t) => {
	const one = JSON.parse(kubeconfigFor('one', 'http://127.0.0.1:1'));
	const two = JSON.parse(kubeconfigFor('two', 'http://127.0.0.1:2'));
	const both = Object.fromEntries(
		['clusters', 'users', 'contexts'].map((key) => [key, [...one[key], ...two[key]]]),
	);
	const KUBECONFIG = written(t, JSON.stringify({ ...one, ...both }));
	assert.equal((await openKube({ KUBECONFIG })).context, 'one');
	assert.equal((await openKube({ KUBECONFIG }, 'two')).context, 'two');
	await failing(
		openKube({ KUBECONFIG }, 'three'),
		'config',
		/no context three; known are: one, two/,
	);
});

test('several files of KUBECONFIG are one configuration, and those that are missing are passed over', async (t) => {
	const files = ['one', 'two'].map((name) => written(t, kubeconfigFor(name, 'http://127.0.0.1:1')));
	const KUBECONFIG = ['/nowhere/kubeconfig', ...files].join(':');
	assert.equal((await openKube({ KUBECONFIG })).context, 'one');
	assert.equal((await openKube({ KUBECONFIG }, 'two')).context, 'two');
});

test('no cluster, a missing file, and a file that is none are each a sentence', async (t) => {
	await failing(openKube({ HOME: tempFolder(t) }), 'config', /no cluster is known: set KUBECONFIG/);
	await failing(openKube({ KUBECONFIG: '/nowhere/k' }), 'config', /names no file that exists/);
	await failing(openKube({ KUBECONFIG: written(t, '{') }), 'config', /cannot read .*kubeconfig/);
});
