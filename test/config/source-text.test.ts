import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOfText } from '../../src/config/source-text.ts';
import { aConnector } from '../support/a-connector.ts';

const connectors = ['salt', 'nats', 'tls', 'zeromq', 'falco'].map((kind) => aConnector(kind));

for (const [text, expected] of [
	['salt:/run/salt/master', 'salt salt {"rest":"/run/salt/master"}'],
	['m=salt:/run/m?bus=minion&id=web%2001', 'm salt {"rest":"/run/m","bus":"minion","id":"web 01"}'],
	['nats://h:4222/a.>,b.>?last=100', 'nats nats {"rest":"//h:4222/a.>,b.>","last":"100"}'],
	['tls://h/a.>', 'tls tls {"rest":"//h/a.>"}'],
	['zmq:tcp://127.0.0.1:5556', 'zeromq zeromq {"rest":"tcp://127.0.0.1:5556"}'],
	['nats://h?creds=/a+b%3Dc=d', 'nats nats {"rest":"//h","creds":"/a+b=c=d"}'],
	['falco:-', 'falco falco {"rest":"-"}'],
	['falco:!tail -f a?b', 'falco falco {"rest":"!tail -f a?b"}'],
] as const) {
	test(`-s ${text} is ${expected}`, () => {
		const { name, kind, raw } = sourceOfText(text, connectors);
		assert.equal(`${name} ${kind} ${JSON.stringify(raw)}`, expected);
	});
}

test('a kind that is none gets the near one, a text that is none the form', () => {
	assert.throws(
		() => sourceOfText('slat:/x', connectors),
		/no source is of kind slat: did you mean salt\?/,
	);
	assert.throws(() => sourceOfText('salt:/x?a=%zz', connectors), /two hex digits/);
	assert.throws(() => sourceOfText('/var/log/x', connectors), /a source is \[NAME=\]KIND:REST/);
});

test('what a source is attached to is shown without a password', () => {
	const { target } = sourceOfText('nats://olga:secret@h:4222/a', connectors);
	assert.equal(target, '//***@h:4222/a');
});
