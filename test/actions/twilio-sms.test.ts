import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { smsText } from '../../src/actions/sms-text.ts';
import { twilioSms } from '../../src/actions/twilio-sms.ts';
import type { JsonObject } from '../../src/core/plan.ts';
import { aTwilio, deadNumber, twilioAccount, twilioToken } from '../support/a-twilio.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { messageTools } from '../support/message-tools.ts';
import { actionContract } from './contract.ts';

const login = { account: 'env:SID', token: 'env:TOKEN' };
const phone = { kind: 'twilio.sms', from: '+15550100', to: ['+15550101'], ...login };
const env = { SID: twilioAccount, TOKEN: twilioToken };

actionContract(twilioSms, {
	target: 'oncall',
	params: { text: 'hello' },
	tools: () => messageTools({ oncall: phone }, env),
});

async function sent(t: TestContext, params: JsonObject, more: JsonObject = {}, secrets = env) {
	const twilio = await aTwilio(t);
	const tools = messageTools({ oncall: { ...phone, base: twilio.base, ...more } }, secrets);
	const plan = await planned(twilioSms, { to: 'oncall', ...params }, tools);
	const says = carriedOut(twilioSms, plan, tools).then(notesOf);
	return { plan, says, messages: twilio.sent };
}

test('each number gets the text, and Twilio says what it did with it', async (t) => {
	const { plan, says, messages } = await sent(
		t,
		{ text: 'warn web12 /var 91%' },
		{ to: ['+15550101', '+15550102'] },
	);
	const answer = 'Twilio answered queued (SM00000000000000000000000000000042)';
	assert.equal(await says, `+15550101: ${answer}; +15550102: ${answer}`);
	assert.deepEqual(
		messages(),
		['+15550101', '+15550102'].map((To) => ({
			From: '+15550100',
			To,
			Body: 'warn web12 /var 91%',
		})),
	);
	assert.deepEqual(plan.blast, ['2 messages to +15550101, +15550102']);
	assert.deepEqual(plan.notes, ['1 segment each (GSM-7)']);
	assert.ok(!JSON.stringify(plan).includes('sesame'));
});

test('what Twilio refuses is told in its words, and whom it had reached before', async (t) => {
	const { says } = await sent(t, { text: 'x' }, { to: ['+15550101', deadNumber] });
	await assert.rejects(says, {
		code: 'failed',
		message: `sent to 1 of 2; ${deadNumber}: Twilio refused it: Invalid 'To' Phone Number: ${deadNumber}`,
	});
});

test('a wrong token is refused, and no error holds it', async (t) => {
	const { says } = await sent(t, { text: 'x' }, {}, { ...env, TOKEN: 'sesame-wrong' });
	await assert.rejects(says, (thrown: Error) => {
		assert.equal(thrown.message, 'Twilio refused it: Authenticate');
		assert.equal(thrown.cause, undefined);
		return true;
	});
});

for (const [text, segments, alphabet] of [
	['x'.repeat(160), 1, 'GSM-7'],
	['x'.repeat(161), 2, 'GSM-7'],
	['{'.repeat(80), 1, 'GSM-7'],
	['{'.repeat(81), 2, 'GSM-7'],
	['ж'.repeat(70), 1, 'UCS-2'],
	['ж'.repeat(71), 2, 'UCS-2'],
	['😀'.repeat(35), 1, 'UCS-2'],
	['😀'.repeat(36), 2, 'UCS-2'],
] as const) {
	test(`${[...text].length} times ${text.slice(0, 2)} are ${segments} ${alphabet}`, () => {
		assert.deepEqual(smsText(text), { text, segments, alphabet, missing: 0 });
	});
}

for (const [letter, kept] of [
	['x', 612],
	['ж', 268],
	['{', 306],
] as const) {
	test(`of 1000 times ${letter} what fits into four segments is kept, and the rest is counted`, () => {
		const { text, segments, missing } = smsText(letter.repeat(1000));
		assert.equal(segments, 4);
		assert.ok(text.endsWith(`...+${missing}`));
		const letters = text.length - `...+${missing}`.length;
		assert.equal(letters + missing, 1000);
		assert.ok(kept - letters <= 8 && letters < kept, `${letters} letters`);
	});
}

test('what cannot be seen is written out, in letters that do not double the message', () => {
	const { text, alphabet } = smsText('a\u001b[31m\u202eb\rc\nd');
	assert.equal(text, 'a\\e[31m\\u{202e}b\\rc\nd');
	assert.equal(alphabet, 'GSM-7');
});
