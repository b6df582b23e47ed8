import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import { newPeek } from '../../src/core/format.ts';
import { json } from '../../src/formats/json.ts';
import { text } from '../../src/formats/text.ts';
import { peeked } from '../support/peeked.ts';

const noTag = new Uint8Array(0);

for (const [body, expected] of [
	['{"level":"error","msg":"boom","host":"a"}', 'err a - boom'],
	['{"severity":"WARNING","message":"hot"}', 'warn - - hot'],
	['{"level":"info","severity":"crit","msg":"x"}', 'crit - - x'],
	['{"severity":"loud","level":3,"msg":"x"}', 'err - - x'],
	['{"log":{"level":"warn"},"message":"hi","host":{"name":"web-01"}}', 'warn web-01 - hi'],
	['{"log.level":"debug","message":"hi"}', 'debug - - hi'],
	['{"log":"error","msg":"plain"}', 'info - - plain'],
	['{"severity":{"level":"crit"},"msg":"x"}', 'info - - x'],
	['{"level":"warn","level":"err","msg":"twice"}', 'err - - twice'],
	[
		'{"hostname":"b","host":"a","type":"deploy","a":1}',
		'info a deploy hostname=b host=a type=deploy a=1',
	],
	['{"host":"","hostname":"b"}', 'info b - host= hostname=b'],
	[
		'{"specversion":"1.0","type":"com.example","data":{"message":"built"}}',
		'info - com.example built',
	],
	['{}', 'info - - {}'],
	['{"level":"err', 'err - - ?'],
] as const) {
	test(`${body}: ${expected}`, () => {
		const bytes = Buffer.from(body);
		const { severity, host, name } = peeked(json, noTag, bytes);
		const isWhole = body.endsWith('}');
		const facts = isWhole ? json.facts('', json.decode(bytes)) : { who: '', summary: '?' };
		assert.equal(`${severity} ${facts.who || '-'} ${name ?? '-'} ${facts.summary}`, expected);
		if (host !== undefined) assert.equal(host, facts.who);
	});
}

for (const [value, time] of [
	['"2026-11-21T09:30:10.5+02:00"', '2026-11-21T07:30:10.500000000Z'],
	['"2026-11-21 09:30:10"', '2026-11-21T09:30:10.000000000Z'],
	['1754464033', '2025-08-06T07:07:13.000000000Z'],
	['1754464033.25', '2025-08-06T07:07:13.250000000Z'],
	['1754464033123', '2025-08-06T07:07:13.123000000Z'],
	['1754464033123456', '2025-08-06T07:07:13.123456000Z'],
	['1754464033123456789', '2025-08-06T07:07:13.123456789Z'],
	['"yesterday"', undefined],
	['"1969-12-31T23:59:59Z"', undefined],
	['"20x9-01-01T00:00:00Z"', undefined],
	['"2026-01-01Tx1:00:00Z"', undefined],
	['"2026-01-01T01:00:00+x1:00"', undefined],
	['"2026-13-01T00:00:00Z"', undefined],
	['12', undefined],
	['-1754464033', undefined],
	['null', undefined],
] as const) {
	test(`the time ${value} is ${time ?? 'none'}`, () => {
		for (const key of ['time', 'timestamp', '@timestamp', 'ts']) {
			assert.equal(peeked(json, noTag, Buffer.from(`{"${key}":${value}}`)).time, time);
		}
	});
}

test('the best key that tells a time wins', () => {
	const body = Buffer.from('{"ts":1754464033,"time":"2026-11-21T09:30:10Z","timestamp":"soon"}');
	assert.equal(peeked(json, noTag, body).time, '2026-11-21T09:30:10.000000000Z');
});

test('text is shown as it is, and bytes that are no UTF-8 are not lost', () => {
	const body = Buffer.from([0x68, 0x69, 0xff]);
	assert.equal(text.facts('', text.decode(body)).summary, 'hi\udcff');
	assert.equal(peeked(text, noTag, body).severity, 'info');
});

test('a key behind a long string is found, wherever the string holds escapes', () => {
	for (const hidden of ['\\"', '\\\\', '\\\\\\"', '\\u0022']) {
		for (let before = 0; before < 140; before++) {
			const body = `{"msg":"${'x'.repeat(before)}${hidden}","level":"crit"}`;
			assert.equal(peeked(json, noTag, Buffer.from(body)).severity, 'crit', body);
			assert.equal(peeked(json, noTag, new Uint8Array(Buffer.from(body))).severity, 'crit', body);
		}
	}
});

test('a long string without an end is an error, whatever stands behind the event', () => {
	const bytes = Buffer.from(`{"msg":"${'x'.repeat(100)}","level":"info"}`);
	const peek = newPeek();
	json.peek({ ...boundsOf(noTag, bytes), bodyEnd: 90 }, peek);
	assert.equal(peek.severity, 3);
});
