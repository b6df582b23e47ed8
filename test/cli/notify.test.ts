import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { aSlack } from '../support/a-slack.ts';
import { aTwilio, twilioAccount, twilioToken } from '../support/a-twilio.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A command line with destinations on stand-ins, and a store of its own. */
async function aLine(t: TestContext) {
	const home = tempFolder(t);
	const [slack, twilio] = [await aSlack(t), await aTwilio(t)];
	const config = join(home, 'config.yaml');
	const login = { account: 'env:SID', token: 'env:TOKEN', base: twilio.base };
	const notify = {
		ops: { kind: 'slack.post', webhook: 'env:HOOK' },
		phone: { kind: 'twilio.sms', from: '+15550100', to: ['+15550101'], ...login },
		nowhere: { kind: 'slack.post', webhook: 'env:GONE' },
	};
	writeFileSync(config, JSON.stringify({ notify }), { mode: 0o600 });
	const secrets = {
		HOOK: slack.webhook,
		GONE: `${slack.base}/services/sesame-gone`,
		SID: twilioAccount,
		TOKEN: twilioToken,
	};
	const line = async (...words: readonly string[]) => {
		const io = anIo({ HOME: home, XDG_DATA_HOME: home, ...secrets });
		const code = await main([...words, '--config', config], io);
		return { code, text: io.out() + io.err() };
	};
	return { line, slack, twilio };
}

test('a test message reaches its destination, and what that answers is told', async (t) => {
	const { line, slack, twilio } = await aLine(t);
	const posted = await line('notify', 'test', 'ops', '--text', 'drill: "x" # y');
	assert.equal(posted.code, 0, posted.text);
	assert.match(posted.text, /Slack answered ok/);
	assert.equal(slack.posts()[0]?.attachments[0]?.text, 'drill: "x" # y');
	const sent = await line('notify', 'test', 'phone');
	assert.equal(sent.code, 0, sent.text);
	assert.match(sent.text, /Twilio answered queued/);
	assert.match(twilio.sent()[0]?.Body ?? '', /^a test message of eventctl/);
	assert.ok(!`${posted.text}${sent.text}`.includes('sesame'));
});

test('a destination that refuses is a failure in its words, without its address', async (t) => {
	const { line } = await aLine(t);
	const { code, text } = await line('notify', 'test', 'nowhere');
	assert.equal(code, 1, text);
	assert.match(text, /Slack refused it \(404\): no_service/);
	assert.ok(!text.includes('sesame'));
});

test('a name nobody configured, and anything but a test, are mistakes of usage', async (t) => {
	const { line } = await aLine(t);
	const wrong = await line('notify', 'test', 'phon');
	assert.equal(wrong.code, 2);
	assert.match(wrong.text, /no destination is called phon.*phone/);
	assert.equal((await line('notify', 'all', 'ops')).code, 2);
	assert.equal((await line('notify', 'test', 'ops', '--read-only')).code, 5);
});
