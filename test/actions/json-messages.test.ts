import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpPost } from '../../src/actions/http-post.ts';
import { natsPublish } from '../../src/actions/nats-publish.ts';
import type { Outgoing } from '../../src/core/connector.ts';
import { aWebServer } from '../support/a-web-server.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { messageTools } from '../support/message-tools.ts';
import { actionContract } from './contract.ts';

const incidents = { kind: 'http.post', url: 'env:URL', headers: { 'x-key': 'env:KEY' } };
const alerts = { kind: 'nats.publish', source: 'bus', tag: 'ops.alerts' };

actionContract(httpPost, {
	target: 'incidents',
	params: { body: { n: 1 } },
	tools: () => messageTools({ incidents }),
});

actionContract(natsPublish, {
	target: 'alerts',
	params: { text: 'hello' },
	tools: () => messageTools({ alerts }),
});

test('a body is posted as it is, with its headers, and neither URL nor header is shown', async (t) => {
	const server = await aWebServer(t, () => ({ status: 201, body: '{"id":\u001b7}' }));
	const env = { URL: `${server.base}/sesame`, KEY: 'sesame-key' };
	const tools = messageTools({ incidents }, env);
	const body = { name: 'shell', deep: [1, null, { a: true }] };
	const plan = await planned(httpPost, { to: 'incidents', body }, tools);
	const said = await carriedOut(httpPost, plan, tools);
	assert.equal(notesOf(said), 'it answered 201 {"id":\\e7}');
	const [received] = server.received;
	assert.deepEqual(JSON.parse(received?.body ?? ''), body);
	assert.equal(received?.headers['x-key'], 'sesame-key');
	assert.equal(received?.headers['content-type'], 'application/json');
	assert.ok(!JSON.stringify([plan, said]).includes('sesame'));
});

test('a message without a body is posted as its parts', async (t) => {
	const server = await aWebServer(t, () => ({}));
	const tools = messageTools({});
	const url = server.base;
	const plan = await planned(httpPost, { url, text: 'hi', fields: { pod: 'p' } }, tools);
	await carriedOut(httpPost, plan, tools);
	assert.deepEqual(JSON.parse(server.received[0]?.body ?? ''), {
		text: 'hi',
		fields: { pod: 'p' },
	});
	assert.equal(plan.targets[0]?.name, new URL(server.base).host);
});

test('what the other side refuses is a failure that names its host only', async (t) => {
	const server = await aWebServer(t, () => ({ status: 403, body: 'no' }));
	const tools = messageTools({});
	const url = `${server.base}/sesame?key=sesame`;
	const plan = await planned(httpPost, { url, text: 'hi' }, tools);
	const message = `${new URL(server.base).host} refused it: 403 no`;
	await assert.rejects(carriedOut(httpPost, plan, tools), { code: 'failed', message });
});

test('a message is fired onto the source of its destination', async () => {
	const fired: [string, Outgoing][] = [];
	const tools = {
		...messageTools({ alerts }),
		fire: async (source: string, event: Outgoing) => {
			fired.push([source, event]);
			return { confirmed: true, says: 'stored as 7 of OPS' };
		},
	};
	const plan = await planned(natsPublish, { to: 'alerts', text: 'hi' }, tools);
	assert.equal(notesOf(await carriedOut(natsPublish, plan, tools)), 'stored as 7 of OPS');
	assert.deepEqual(fired, [['bus', { tag: 'ops.alerts', data: { text: 'hi' } }]]);
});

for (const tag of ['ops.*', 'ops.>', 'a b', 'a..b', '', '$JS.API', 'a\r\nPUB b']) {
	test(`${JSON.stringify(tag)} is no subject to publish on`, async () => {
		const params = { source: 'bus', tag, text: 'x' };
		await assert.rejects(planned(natsPublish, params, messageTools({})), { code: 'config' });
	});
}
