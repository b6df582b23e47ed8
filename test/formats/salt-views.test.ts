import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printJson } from '../../src/codec/json.ts';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import type { Block } from '../../src/core/block.ts';
import { salt } from '../../src/formats/salt.ts';
import { peeked } from '../support/peeked.ts';

const ret = 'salt/job/20261121093011698077/ret/web-01';

const highstate = {
	'cmd_|-never_|-echo never_|-run': {
		...{ name: 'echo never', result: false, changes: {}, __run_num__: 0 },
		comment: 'One or more requisite failed: web.conf',
	},
	'file_|-conf_|-/etc/nginx.conf_|-managed': {
		...{ name: '/etc/nginx.conf', result: false, changes: {}, __run_num__: 1, duration: 12.5 },
		comment: 'Source file not found',
	},
	'pkg_|-ssl_|-openssl_|-installed': {
		...{ name: 'openssl', result: true, comment: 'Installed', __run_num__: 2, duration: '5.4 ms' },
		changes: { openssl: { old: '3.0.15', new: '3.0.17' } },
	},
	'file_|-motd_|-/etc/motd_|-managed': {
		...{ name: '/etc/motd', result: true, changes: {}, comment: 'fine', __run_num__: 3 },
	},
	'file_|-new_|-/etc/new_|-managed': {
		...{ name: '/etc/new', result: null, changes: {}, comment: 'would be made', __run_num__: 4 },
	},
};

function view(tag: string, data: unknown): readonly Block[] {
	return salt.pretty(tag, salt.decode(encodeMsgpack(data)));
}

test('a highstate is checks: causes first, then what they kept from running, then changes', () => {
	const [heading, checks] = view(ret, { fun: 'state.apply', retcode: 2, return: highstate });
	assert.deepEqual(heading, {
		type: 'heading',
		text: 'state.apply rc=2 on web-01 FAILED',
		tone: 'bad',
		right: '2 failed · 1 would change · 1 changed · 1 ok · 0.02 s',
	});
	assert.ok(checks?.type === 'checks');
	assert.deepEqual(
		checks.checks.map(({ mark, fun, name, durationMs }) => [mark, fun, name, durationMs]),
		[
			['failed', 'file.managed', '/etc/nginx.conf', 12.5],
			['failed', 'cmd.run', 'echo never', undefined],
			['pending', 'file.managed', '/etc/new', undefined],
			['changed', 'pkg.installed', 'openssl', 5.4],
			['ok', 'file.managed', '/etc/motd', undefined],
		],
	);
});

test('an orchestration shows what it ran, and below that the states of each minion', () => {
	const orchestration = {
		'salt_|-deploy_|-deploy_|-state': {
			...{ name: 'deploy', result: false, comment: 'Run failed on minions: web-01' },
			changes: { ret: { 'web-01': highstate } },
		},
	};
	const blocks = view('salt/run/20261121093043604538/ret', {
		fun: 'runner.state.orchestrate',
		return: { data: { master: orchestration } },
	});
	const headings = blocks.flatMap((block) => (block.type === 'heading' ? [block.text] : []));
	assert.deepEqual(headings, ['runner.state.orchestrate FAILED', 'master', 'deploy on web-01']);
});

test('output is shown as text, other returns as a tree', () => {
	assert.deepEqual(view(ret, { fun: 'cmd.run', return: 'one\ntwo' })[1], {
		type: 'text',
		text: 'one\ntwo',
	});
	assert.equal(view(ret, { fun: 'grains.items', return: { os: 'Debian' } })[1]?.type, 'tree');
	assert.deepEqual(view(ret, { fun: 'test.ping', return: true })[1], {
		type: 'text',
		text: 'true',
	});
});

test('who signed an event and whom its tag claims are two rows', () => {
	const envelope = { id: 'evil', data: {}, cmd: '_minion_event' };
	const rows = view('syndic/eu/salt/minion/web-01/start', envelope).find(
		({ type }) => type === 'table',
	);
	assert.deepEqual(rows, {
		type: 'table',
		rows: [
			['signed by', 'evil'],
			['claimed by', 'web-01'],
			['through', 'eu'],
		],
	});
});

for (const [tag, data] of [
	['salt/reactors/manage/list', { key: 'hunter2' }],
	['salt/auth/creds', { creds: { aes: 'hunter2' }, key: ['hunter2'] }],
	[
		'__master_req_channel_payload/1/127.0.0.1',
		{ cmd: '_return', return: 'hunter2', load: ['hunter2'] },
	],
	[
		'salt/run/1/new',
		{ fun: 'runner.cloud.create', fun_args: [{ api_key: 'hunter2' }, 'token=hunter2'] },
	],
	[
		ret,
		{
			fun: 'mysql.user',
			return: { db: [{ Password: 'hunter2' }] },
			fun_args: ['--root-password=hunter2'],
		},
	],
	['salt/job/1/new', { fun: 'user.add', arg: [{ __kwarg__: true, passwd: 'hunter2' }], tgt: '*' }],
	[
		'salt/netapi/hook/x',
		{
			headers: { Authorization: 'hunter2', Cookie: 'hunter2', 'X-Auth-Token': 'hunter2' },
			post: {},
		},
	],
	['my/event', { id: 'web-01', cmd: '_minion_event', data: { secret: 'hunter2' } }],
	['my/event', new Map<unknown, unknown>([[1, { token: 'hunter2' }]])],
] as const) {
	test(`${tag} gives no secret away: ${printJson(data).slice(0, 60)}`, () => {
		const decoded = salt.decode(encodeMsgpack(data));
		const all = [salt.redact?.(tag, decoded), salt.facts(tag, decoded), salt.pretty(tag, decoded)];
		for (const shown of all) assert.doesNotMatch(printJson(shown), /hunter2/);
		assert.match(printJson(salt.redact?.(tag, decoded)), /\*\*\*/);
	});
}

test('data without secrets is the very same, and so are answers that give nothing away', () => {
	const data = salt.decode(
		encodeMsgpack({ fun: 'x', return: { use_token: true, password: null } }),
	);
	assert.equal(salt.redact?.(ret, data), data);
});

/** What made other viewers fail: each is a row like any other. */
for (const [tag, data, severity] of [
	['salt/job/x', { a: 1 }, 'notice'],
	['salt/beacon/foo', { a: 1 }, 'notice'],
	['salt/beacon//', { a: 1 }, 'notice'],
	['salt/', {}, 'notice'],
	['', {}, 'notice'],
	['my/nan', { value: Number.NaN, more: Infinity }, 'notice'],
	[
		'my/keys',
		new Map<unknown, unknown>([
			[1, 'int'],
			[null, 'none'],
			[[1, 2], 'tuple'],
		]),
		'notice',
	],
	[ret, { fun: 'test.ping', return: new Map([[1, true]]), retcode: 0 }, 'info'],
	[ret, { fun: 'x', retcode: '0', success: 'true', schedule: true }, 'info'],
	[ret, { fun: 'x', retcode: '1' }, 'err'],
	[ret, { fun: 'x', retcode: true }, 'err'],
	[ret, { fun: 'x', retcode: null }, 'info'],
	[ret, { fun: 'x', retcode: { a: 0, b: 0 } }, 'info'],
	[ret, { fun: 'x', retcode: { a: 0, b: 3 } }, 'err'],
	[ret, { fun: 'x', success: 'False' }, 'err'],
	[ret, { fun: 'salt-call', return: 'fine', tgt: 'web-01', tgt_type: 'glob' }, 'info'],
	[ret, { fun: 'x', return: { result: false } }, 'info'],
	[ret, { return: 'VALUE_TRIMMED' }, 'info'],
	[ret, ['no', 'map'], 'info'],
	[ret, 'text', 'info'],
	['my/keys', { id: 7, cmd: '_minion_event', data: null }, 'notice'],
	['my/event', { severity: 'loud', level: [], priority: 9 }, 'notice'],
] as const) {
	test(`${tag} ${printJson(data)} is a row of severity ${severity}`, () => {
		const body = encodeMsgpack(data);
		const decoded = salt.decode(body);
		const { host, ...found } = peeked(salt, Buffer.from(tag), body);
		assert.equal(found.severity, severity);
		assert.equal(salt.facts(tag, decoded).host, host);
		assert.ok(salt.pretty(tag, decoded).length > 0);
	});
}

test('bytes that are no whole value are an error', () => {
	for (const body of ['81', 'c1', '8100', '80c0', '']) {
		assert.equal(peeked(salt, Buffer.from(ret), Buffer.from(body, 'hex')).severity, 'err');
	}
});

test('a time with a zone is the same as one without', () => {
	for (const stamp of ['2026-11-21T09:30:10.244994', '2026-11-21T09:30:10.244994+00:00']) {
		const { time } = peeked(salt, Buffer.from('my/event'), encodeMsgpack({ _stamp: stamp }));
		assert.equal(time, '2026-11-21T09:30:10.244994000Z');
	}
});
