import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { mailClient } from '../../src/actions/mail-client.ts';
import { mailSend } from '../../src/actions/mail-send.ts';
import { Doubt } from '../../src/core/action.ts';
import type { JsonObject } from '../../src/core/plan.ts';
import { aMailServer, type MailServerShape } from '../support/a-mail-server.ts';
import { makeCertificates } from '../support/certificates.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { freePort } from '../support/free-port.ts';
import { messageTools } from '../support/message-tools.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { actionContract } from './contract.ts';

const never = new AbortController().signal;
const oncall = { kind: 'mail.send', from: 'eventctl@example.org', to: 'olga@example.org' };

actionContract(mailSend, {
	target: 'oncall',
	params: { text: 'hello' },
	tools: () => messageTools({ oncall: { ...oncall, server: 'smtp://mail.example.org' } }),
});

async function mailed(
	t: TestContext,
	params: JsonObject,
	shape: MailServerShape = {},
	more: JsonObject = {},
) {
	const server = await aMailServer(t, shape);
	const url = `${shape.isSecure ? 'smtps' : 'smtp'}://127.0.0.1:${server.port}`;
	const tools = messageTools({ oncall: { ...oncall, server: url, ...more } }, { PASS: 'sesame' });
	const plan = await planned(mailSend, { to: 'oncall', ...params }, tools);
	const says = carriedOut(mailSend, plan, tools).then(notesOf);
	return { server, plan, says };
}

function tlsIn(t: TestContext) {
	const { server } = makeCertificates(tempFolder(t));
	return { cert: readFileSync(server.cert, 'utf8'), key: readFileSync(server.key, 'utf8') };
}

test('a mail is plain text with a subject and fields, and the server’s answer comes back', async (t) => {
	const { server, says, plan } = await mailed(t, {
		subject: 'shell in a container',
		text: 'pay-7d9f on web12\n.\nend',
		severity: 'crit',
		fields: { rule: 'Terminal shell' },
	});
	assert.equal(await says, 'the mail server answered 250 2.0.0 queued as 4BCDEF');
	const [mail] = server.mails;
	assert.deepEqual([mail?.from, mail?.to], ['eventctl@example.org', ['olga@example.org']]);
	assert.match(mail?.data ?? '', /^Subject: \[crit\] shell in a container$/m);
	assert.match(mail?.data ?? '', /^Content-Type: text\/plain; charset=utf-8$/m);
	assert.match(mail?.data ?? '', /^Auto-Submitted: auto-generated$/m);
	assert.match(mail?.data ?? '', /\n\npay-7d9f on web12\n\.\nend\n\nrule: Terminal shell$/);
	assert.deepEqual(plan.blast, ['1 message to olga@example.org']);
});

test('a subject from an event begins no header and reaches nobody else', async (t) => {
	const hostile = 'x\r\nBcc: eve@example.org\r\n\r\nbody\u202e';
	const { server, says } = await mailed(t, { subject: hostile, text: hostile });
	await says;
	const [mail] = server.mails;
	assert.deepEqual(mail?.to, ['olga@example.org']);
	assert.match(
		mail?.data ?? '',
		/^Subject: x\\r\\nBcc: eve@example\.org\\r\\n\\r\\nbody\\u\{202e\}$/m,
	);
	assert.ok(!/^Bcc/m.test(mail?.data.split('\n\n')[0] ?? ''));
});

test('a header with a line end is refused by the client too', async () => {
	const mail = { from: 'a@example.org', to: ['b@example.org'], subject: 'a\nBcc: c', text: '' };
	const sent = mailClient(fakeClock()).send(mail, { url: 'smtp://127.0.0.1:1' }, never);
	await assert.rejects(sent, { code: 'config', message: /no line end/ });
});

for (const isSecure of [false, true]) {
	test(`${isSecure ? 'smtps' : 'STARTTLS'} encrypts before anybody logs in`, async (t) => {
		const login = { user: 'bot', password: 'env:PASS' };
		const { server, says } = await mailed(t, { text: 'x' }, { tls: tlsIn(t), isSecure }, login);
		await says;
		assert.equal(server.mails[0]?.isEncrypted, true);
		assert.equal(server.mails[0]?.login, 'bot sesame');
		const verbs = server.commands.map((line) => line.split(' ')[0]);
		assert.equal(verbs.includes('STARTTLS'), !isSecure);
	});
}

test('what the server refuses is told in its words, without the password', async (t) => {
	const refused = await mailed(t, { text: 'x' }, { refuses: () => '550 5.1.1 no such user' });
	await assert.rejects(refused.says, {
		code: 'failed',
		message: /refused the mail: 550 5\.1\.1 no/,
	});
	const login = { user: 'bot', password: 'env:PASS' };
	const tools = messageTools({}, { PASS: 'sesame-wrong' });
	const server = await aMailServer(t);
	const via = { ...oncall, ...login, server: `smtp://127.0.0.1:${server.port}` };
	const { kind: _, ...settings } = via;
	const plan = await planned(mailSend, { ...settings, text: 'x' }, tools);
	await assert.rejects(carriedOut(mailSend, plan, tools), (thrown: Error) => {
		assert.match(thrown.message, /refused the mail: 535/);
		assert.ok(!thrown.message.includes('sesame'));
		return true;
	});
});

test('one of two refused is a failure that names whom', async (t) => {
	const refuses = (to: string) => (to.startsWith('eve') ? '550 no' : undefined);
	const { says } = await mailed(t, { text: 'x' }, { refuses }, { to: ['olga@a.org', 'eve@a.org'] });
	await assert.rejects(says, { message: 'the mail server took it, but not for eve@a.org' });
});

test('nobody there is a failure; a mail handed over without an answer is a doubt', async (t) => {
	const clock = fakeClock();
	const mail = { from: 'a@example.org', to: ['b@example.org'], subject: 's', text: 't' };
	const closed = `smtp://127.0.0.1:${await freePort()}`;
	await assert.rejects(mailClient(clock).send(mail, { url: closed }, never), {
		code: 'unreachable',
		message: /cannot be reached \(ECONNREFUSED\)$/,
	});
	const server = await aMailServer(t, { instead: () => clock.advance(30_000) });
	const sent = mailClient(clock).send(mail, { url: `smtp://127.0.0.1:${server.port}` }, never);
	await assert.rejects(sent, (thrown) => thrown instanceof Doubt);
	assert.deepEqual(clock.pending(), []);
});
