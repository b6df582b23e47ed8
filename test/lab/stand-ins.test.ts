import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { Mailbox } from '../../src/lab/mailbox.ts';
import { type Delivered, PostOffice } from '../../src/lab/post-office.ts';

async function anOffice(t: TestContext) {
	const delivered: Delivered[] = [];
	const office = new PostOffice((message) => delivered.push(message));
	t.after(() => office.close());
	return { delivered, ...(await office.open()) };
}

test('what is posted to the lab’s Slack is passed on', async (t) => {
	const { delivered, webhook } = await anOffice(t);
	const body = JSON.stringify({ text: 'title', attachments: [{ text: 'words' }] });
	const answer = await fetch(webhook, { method: 'POST', body });
	assert.equal(await answer.text(), 'ok');
	assert.deepEqual(delivered, [{ medium: 'slack', to: '#incidents', text: 'title · words' }]);
	assert.equal((await fetch(webhook, { method: 'POST', body: '{' })).status, 400);
});

test('a text message to the lab’s Twilio is queued and passed on', async (t) => {
	const { delivered, twilio } = await anOffice(t);
	const url = `${twilio}/2010-04-01/Accounts/ACLAB/Messages.json`;
	const body = new URLSearchParams({ From: '+15550100', To: '+15550101', Body: 'words' });
	const answer = await fetch(url, { method: 'POST', body });
	assert.equal(answer.status, 201);
	assert.deepEqual(delivered, [{ medium: 'sms', to: '+15550101', text: 'words' }]);
	assert.equal((await fetch(`${twilio}/else`, { method: 'POST', body })).status, 404);
});

test('a mail to the lab is taken and passed on, one after the other', async (t) => {
	const delivered: Delivered[] = [];
	const mailbox = new Mailbox((message) => delivered.push(message));
	t.after(() => mailbox.close());
	const transport = createTransport(await mailbox.open());
	t.after(() => transport.close());
	for (const subject of ['one', 'two']) {
		await transport.sendMail({ from: 'a@x', to: 'b@x, c@x', subject, text: '.\nwords\n' });
	}
	assert.deepEqual(delivered, [
		{ medium: 'mail', to: 'b@x, c@x', text: 'one' },
		{ medium: 'mail', to: 'b@x, c@x', text: 'two' },
	]);
});
