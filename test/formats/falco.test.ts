import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printJson } from '../../src/codec/json.ts';
import { rowKind } from '../../src/core/format.ts';
import { falco } from '../../src/formats/falco.ts';
import { testFile } from '../support/files.ts';
import { peeked } from '../support/peeked.ts';

const noTag = new Uint8Array(0);
const lines = testFile('recordings/falco.jsonl').toString().trimEnd().split('\n');

const line = {
	hostname: 'web12',
	output: '03:06:12.442000000: Critical Terminal shell in container (user=root)',
	output_fields: {
		'k8s.ns.name': 'payments',
		'k8s.pod.name': 'pay-7d9f',
		'proc.cmdline': 'bash -i',
	},
	priority: 'Critical',
	rule: 'Terminal shell in container',
	source: 'syscall',
	tags: ['shell'],
	time: '2026-08-06T03:06:12.442000001Z',
};

function told(event: unknown): string {
	const body = Buffer.from(printJson(event));
	const { severity, name } = peeked(falco, noTag, body);
	const { who, summary } = falco.facts('', falco.decode(body));
	return `${severity} ${name ?? '?'} | ${who} | ${summary}`;
}

const fields = (output_fields: object) => ({ ...line, output_fields });
const cases: readonly (readonly [what: string, event: unknown, told: string])[] = [
	['a line', line, 'crit Terminal shell in container | web12/payments | bash -i'],
	[
		'a connection',
		fields({
			'evt.type': 'connect',
			'fd.name': '10.0.0.1:1->203.0.113.7:4444',
			'proc.cmdline': 'nc',
		}),
		'crit Terminal shell in container | web12 | 10.0.0.1:1->203.0.113.7:4444',
	],
	[
		'an audit event',
		fields({
			'ka.verb': 'create',
			'ka.target.resource': 'pods',
			'ka.target.name': 'x',
			'ka.target.namespace': 'dev',
		}),
		'crit Terminal shell in container | web12/dev | create pods x',
	],
	[
		'no fields',
		{ ...line, output_fields: undefined },
		'crit Terminal shell in container | web12 | Terminal shell in container (user=root)',
	],
	[
		'no output',
		{ ...line, output_fields: {}, output: undefined, message: 'a shell' },
		'crit Terminal shell in container | web12 | a shell',
	],
	['neither text nor fields', { rule: 'R', priority: 'Error' }, 'err R |  | R'],
	[
		'an output in a format of its own',
		{ ...line, output_fields: {}, output: '12:30: Nothing special' },
		'crit Terminal shell in container | web12 | 12:30: Nothing special',
	],
	[
		'absent pods',
		fields({ 'k8s.ns.name': null, 'k8s.pod.name': '<NA>', 'container.id': 'host' }),
		'crit Terminal shell in container | web12 | Terminal shell in container (user=root)',
	],
	[
		'fields of wrong types',
		fields({ 'k8s.ns.name': 42, 'k8s.pod.name': { a: 1 }, 'proc.cmdline': ['x'] }),
		'crit Terminal shell in container | web12 | Terminal shell in container (user=root)',
	],
	[
		'a cut value',
		fields({ 'proc.cmdline': `${'A'.repeat(20)}[...]` }),
		`crit Terminal shell in container | web12 | ${'A'.repeat(20)}[...] (truncated)`,
	],
	['capitals', { Rule: 'R', Priority: 'WARNING', Output: 'x', Hostname: 'h' }, 'warn R | h | x'],
	[
		'a short priority',
		{ ...line, priority: 'info' },
		'info Terminal shell in container | web12/payments | bash -i',
	],
	[
		'a numeric priority',
		{ ...line, priority: 4 },
		'warn Terminal shell in container | web12/payments | bash -i',
	],
	[
		'an unknown priority',
		{ ...line, priority: 'Spicy' },
		'unknown Terminal shell in container | web12/payments | bash -i',
	],
	[
		"CloudEvents' data",
		{ specversion: '1.0', type: 'falco.rule.output.v1', data: line },
		'crit Terminal shell in container | web12/payments | bash -i',
	],
	[
		"CloudEvents' data in base64",
		{
			specversion: '1.0',
			type: 'falco.rule.output.v1',
			rule: 'R',
			priority: 'Alert',
			data_base64: Buffer.from(JSON.stringify(line)).toString('base64'),
		},
		'alert R | web12/payments | bash -i',
	],
	[
		"CloudEvents' data that is broken",
		{
			specversion: '1.0',
			type: 'falco.rule.output.v1',
			rule: 'R',
			priority: 'Alert',
			data_base64: '!!!!',
		},
		'alert R |  | R',
	],
	[
		"the web console's envelope",
		{ event: line, outputs: null },
		'crit Terminal shell in container | web12/payments | bash -i',
	],
	[
		'lost calls',
		internal('syscall event drop', { n_evts: '1000', n_drops: '12' }),
		'err Falco internal: syscall event drop | web12 | blind: 12 of 1000 calls lost',
	],
	[
		'silence',
		internal('timeouts notification', { last_event_time: 'none' }),
		'warn Falco internal: timeouts notification | web12 | silent: last event none',
	],
	[
		'a refused configuration',
		internal('hot restart failure', {}, 'Critical'),
		'crit Falco internal: hot restart failure | web12 | new configuration refused, the old one runs',
	],
	[
		'a full capture',
		internal('capture size limit reached', { max_file_size_mb: 500 }, 'Informational'),
		'info Falco internal: capture size limit reached | web12 | capture stopped at 500 MB',
	],
	[
		'metrics',
		internal('metrics snapshot', { 'falco.cpu_usage_perc': 7.2 }, 'Informational'),
		'info Falco internal: metrics snapshot | web12 | falco.cpu_usage_perc=7.2',
	],
];

function internal(rule: string, output_fields: object, priority = 'Debug'): unknown {
	return { ...line, rule: `Falco internal: ${rule}`, source: 'internal', priority, output_fields };
}

for (const [what, event, expected] of cases) {
	test(`${what}: ${expected}`, () => assert.equal(told(event), expected));
}

test('lost calls are a gap that says how many', () => {
	const body = Buffer.from(
		printJson(internal('syscall event drop', { n_evts: '1000', n_drops: '12' })),
	);
	const { peek } = peeked(falco, noTag, body);
	assert.equal(peek.kind, rowKind.gap);
	assert.equal(peek.lost, 12);
	assert.deepEqual(falco.gap?.(falco.decode(body)), {
		cause: 'falco on web12 was blind: 12 of 1000 calls lost',
		lost: 12,
	});
});

test('what a sensor says about itself is a row of its own kind, a test rule is not', () => {
	const kind = (event: unknown) => peeked(falco, noTag, Buffer.from(printJson(event))).peek.kind;
	assert.equal(kind(internal('metrics snapshot', {})), rowKind.sensor);
	assert.equal(kind(internal('hot restart failure', {})), rowKind.sensor);
	assert.equal(kind({ ...line, rule: 'Test rule', source: 'internal' }), rowKind.event);
});

test('every recorded line reads as its own JSON says', () => {
	for (const text of lines) {
		const body = Buffer.from(text);
		const event = JSON.parse(text);
		const { severity, time, host, name } = peeked(falco, noTag, body);
		const facts = falco.facts('', falco.decode(body));
		assert.equal(severity.slice(0, 3), event.priority.toLowerCase().slice(0, 3));
		assert.equal(
			time,
			event.time.replace(/(\.\d+)?Z$/, (_: string, digits = '.') => `${digits.padEnd(10, '0')}Z`),
		);
		assert.equal(host, event.hostname);
		assert.equal(facts.host, event.hostname);
		assert.equal(facts.rule, event.rule);
		if (!text.includes('\\u')) assert.equal(name, event.rule);
	}
});

test('integers beyond 2^53 survive in the fields and on paper', () => {
	const text = lines.find((one) => one.includes('18446744073670260079')) ?? '';
	const data = falco.decode(Buffer.from(text));
	assert.equal(
		falco.fields?.(data)?.['proc.exe_ino.ctime_duration_proc_start'],
		18446744073670260079n,
	);
	assert.equal(printJson(data), text);
});

test('a host with escapes is left to decoding', () => {
	const body = Buffer.from('{"rule":"R","priority":"Error","output":"","hostname":"web\\u002d1"}');
	assert.equal(peeked(falco, noTag, body).host, undefined);
	assert.equal(falco.facts('', falco.decode(body)).host, 'web-1');
});

test('the pretty view names the rule, the pod, the process and the file', () => {
	const blocks = falco.pretty('', falco.decode(Buffer.from(printJson(line))));
	const [heading, message, table] = blocks;
	assert.deepEqual(heading, { type: 'heading', text: line.rule, right: 'Critical', tone: 'bad' });
	assert.deepEqual(message, { type: 'text', text: 'Terminal shell in container (user=root)' });
	assert.deepEqual(table, {
		type: 'table',
		rows: [
			['pod', 'payments/pay-7d9f · node web12'],
			['cmdline', 'bash -i'],
			['tags', 'shell'],
		],
	});
});
