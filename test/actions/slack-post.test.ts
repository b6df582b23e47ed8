import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { slackPost } from '../../src/actions/slack-post.ts';
import type { JsonObject } from '../../src/core/plan.ts';
import { aSlack, slackToken } from '../support/a-slack.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { messageTools } from '../support/message-tools.ts';
import { actionContract } from './contract.ts';

const env = { HOOK: 'https://hooks.slack.example/services/sesame', TOKEN: slackToken };

actionContract(slackPost, {
	target: 'oncall',
	params: { text: 'hello' },
	tools: () => messageTools({ oncall: { kind: 'slack.post', webhook: 'env:HOOK' } }, env),
});

async function posted(t: TestContext, params: JsonObject, app?: JsonObject) {
	const slack = await aSlack(t);
	const byApp = { token: 'env:TOKEN', channel: '#ops', base: slack.base, ...app };
	const notify = {
		oncall: { kind: 'slack.post', webhook: 'env:HOOK' },
		ops: { kind: 'slack.post', ...byApp },
	};
	const tools = messageTools(notify, { HOOK: slack.webhook, TOKEN: slackToken });
	const plan = await planned(slackPost, params, tools);
	assert.equal(await slackPost.precheck(plan, tools, new AbortController().signal), undefined);
	const says = notesOf(await carriedOut(slackPost, plan, tools));
	return { plan, says, post: slack.posts()[0] };
}

test('a webhook is posted a title, a text, a colour and fields', async (t) => {
	const fields = { rule: 'Terminal shell in container', pod: 'pay-7d9f' };
	const { post, says, plan } = await posted(t, {
		to: 'oncall',
		subject: 'web12',
		text: 'a shell\nin a container',
		severity: 'Critical',
		fields,
	});
	assert.equal(says, 'Slack answered ok');
	assert.equal(post?.text, 'web12');
	const [attachment] = post?.attachments ?? [];
	assert.equal(attachment?.color, '#fc7335');
	assert.equal(attachment?.text, 'a shell\nin a container');
	assert.deepEqual(
		attachment?.fields.map(({ title, value }) => [title, value]),
		Object.entries(fields),
	);
	assert.match(plan.steps[0]?.says ?? '', /^tell Slack: a shell\\nin a container$/);
	assert.ok(!JSON.stringify(plan).includes('sesame'));
});

test('chat.postMessage is given its channel, and the token only as a header', async (t) => {
	const { post, says, plan } = await posted(t, { to: 'ops', text: 'hello' });
	assert.equal(says, 'Slack answered ok (ts 1795253400.000100)');
	assert.equal(post?.channel, '#ops');
	assert.equal(post?.attachments[0]?.color, '#eeeeee');
	assert.ok(!JSON.stringify([plan, post]).includes('sesame'));
});

test('hostile text mentions nobody, links nowhere, and hides nothing', async (t) => {
	const text = '<!channel> <https://evil|ok> a&b \u001b[31m\u202e *bold*';
	const { post } = await posted(t, { to: 'oncall', text, fields: { '<@U1>': '<!here>' } });
	const [attachment] = post?.attachments ?? [];
	assert.equal(
		attachment?.text,
		'&lt;!channel&gt; &lt;https://evil|ok&gt; a&amp;b \\e[31m\\u{202e} *bold*',
	);
	assert.deepEqual(
		[attachment?.fields[0]?.title, attachment?.fields[0]?.value],
		['&lt;@U1&gt;', '&lt;!here&gt;'],
	);
	const switches = ['mrkdwn', 'link_names', 'unfurl_links', 'unfurl_media'];
	assert.deepEqual(
		switches.map((name) => post?.[name]),
		[false, false, false, false],
	);
	assert.equal(post?.['parse'], 'none');
});

test('a text that is too long is cut, and says by how much', async (t) => {
	const { post } = await posted(t, { to: 'oncall', text: 'x'.repeat(3100) });
	assert.equal(post?.attachments[0]?.text, `${'x'.repeat(3000)}...+100`);
});

test('what Slack refuses is a failure in its words', async (t) => {
	const other = posted(t, { to: 'ops', text: 'hello' }, { channel: '#nowhere' });
	await assert.rejects(other, {
		code: 'failed',
		message: 'Slack refused it (200): channel_not_found',
	});
	const slack = await aSlack(t);
	const tools = messageTools({}, { HOOK: `${slack.base}/services/sesame-gone` });
	const plan = await planned(slackPost, { webhook: 'env:HOOK', text: 'hello' }, tools);
	const message = 'Slack refused it (404): no_service';
	await assert.rejects(carriedOut(slackPost, plan, tools), { code: 'failed', message });
});

test('a destination changed between the card and the key is another target', async () => {
	const plan = await planned(
		slackPost,
		{ to: 'oncall', text: 'hello' },
		messageTools({ oncall: { kind: 'slack.post', webhook: 'env:HOOK' } }),
	);
	const changed = messageTools({ oncall: { kind: 'slack.post', webhook: 'env:OTHER' } });
	const why = await slackPost.precheck(plan, changed, new AbortController().signal);
	assert.equal(why, 'target changed: oncall leads elsewhere now');
});

for (const [params, words] of [
	[{ to: 'oncall' }, /says nothing/],
	[{ text: 'hello' }, /slack\.post: /],
	[{ to: 'nobody', text: 'x' }, /notify has no destination nobody; it has oncall, phone/],
	[{ to: '__proto__', text: 'x' }, /notify has no destination __proto__/],
	[{ to: 'phone', text: 'x' }, /the destination phone is twilio\.sms, not slack\.post/],
	[{ webhook: 'https://hooks.example/sesame', text: 'x' }, /a secret is a reference/],
	[{ to: 'oncall', body: { x: 1 } }, /carries words: give text/],
	[{ webhook: 'env:HOOK', text: 'x', colour: 'red' }, /colour/],
] as const) {
	test(`${JSON.stringify(params)} is refused: ${words.source}`, async () => {
		const notify = {
			oncall: { kind: 'slack.post', webhook: 'env:HOOK' },
			phone: { kind: 'twilio.sms' },
		};
		await assert.rejects(planned(slackPost, params, messageTools(notify)), (thrown: Error) => {
			assert.match(thrown.message, words);
			assert.ok(!thrown.message.includes('sesame'));
			return true;
		});
	});
}
