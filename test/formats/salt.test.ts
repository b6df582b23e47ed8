import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import { decodeUtf8 } from '../../src/core/utf8.ts';
import { salt } from '../../src/formats/salt.ts';
import { peeked } from '../support/peeked.ts';
import { capturedEvents } from '../support/salt-captures.ts';

const jid = '20261121093011698077';
const state = (result: boolean | null, comment: string, more: object = {}) => ({
	result,
	comment,
	changes: {},
	...more,
});
const highstate = {
	'service_|-web_|-nginx_|-running': state(false, 'One or more requisite failed: web.conf', {
		name: 'nginx',
		__run_num__: 0,
	}),
	'file_|-conf_|-/etc/nginx.conf_|-managed': state(false, 'Source file not found', {
		name: '/etc/nginx.conf',
		__run_num__: 1,
		duration: 12.5,
	}),
	'pkg_|-ssl_|-openssl_|-installed': state(true, 'Installed', {
		name: 'openssl',
		changes: { openssl: { old: '3.0.15', new: '3.0.17' } },
		__run_num__: 2,
		duration: '5.4 ms',
	}),
	'cmd_|-warm_|-echo warm_|-run': state(null, 'would run', { name: 'echo warm', __run_num__: 3 }),
	'file_|-motd_|-/etc/motd_|-managed': state(true, 'fine', { name: '/etc/motd', __run_num__: 4 }),
};
const envelope = (id: string, data: unknown) => ({ id, data, cmd: '_minion_event', pretag: null });

/** Each family of events: its tag, its data, and how a row of the list says it: severity, who, summary, failures. */
const told: readonly (readonly [tag: string, data: unknown, line: string])[] = [
	[jid, { minions: ['web-01', 'db-02'] }, 'info - published to 2 minions'],
	[jid, { id: 'web-01', fun: 'test.ping', return: true }, 'info web-01 test.ping: true'],
	[
		'new_job',
		{ fun: 'test.ping', tgt: '*', minions: ['a'], user: 'alice' },
		'info alice test.ping on * (1 minion)',
	],
	[
		`salt/job/${jid}/new`,
		{
			fun: 'cmd.run',
			arg: ['uptime', { __kwarg__: true, shell: '/bin/sh' }],
			tgt: 'web*',
			minions: ['a', 'b'],
			missing: ['c'],
			user: 'alice',
		},
		'info alice cmd.run uptime shell=/bin/sh on web* (2 minions, missing 1)',
	],
	[
		`salt/job/${jid}/publish`,
		{ fun: 'test.ping', arg: [], tgt: '*', user: 'root' },
		'info root published: test.ping on *',
	],
	[
		`salt/job/${jid}/ret/web-01`,
		{ fun: 'test.ping', return: true, retcode: 0, success: true },
		'info web-01 test.ping: true',
	],
	[
		`salt/job/${jid}/ret/web-01`,
		{ fun: 'cmd.run', return: 'no such file', retcode: 2, success: true },
		'err web-01 cmd.run rc=2: no such file',
	],
	[
		`salt/job/${jid}/ret/web-01`,
		{ fun: 'test.false', return: false, success: false },
		'err web-01 test.false failed: false',
	],
	[
		`salt/job/${jid}/ret/web-01`,
		{ fun: 'state.sls', return: ['No matching sls found'], retcode: 1 },
		'err web-01 state.sls rc=1: [No matching sls found]',
	],
	[
		`salt/job/${jid}/ret/web-01`,
		{ fun: 'state.apply', return: highstate, retcode: 2 },
		'err web-01 state.apply rc=2: 2 failed, 1 would change, 1 changed, 1 ok · file.managed /etc/nginx.conf: Source file not found ✗2',
	],
	[
		`salt/job/${jid}/ret/web-01`,
		{ fun: 'state.apply', return: highstate },
		'err web-01 state.apply: 2 failed, 1 would change, 1 changed, 1 ok · file.managed /etc/nginx.conf: Source file not found ✗2',
	],
	[
		`salt/job/${jid}/prog/web-01/2`,
		envelope('web-01', { ret: state(false, 'Failure!', { name: 'breaks' }), len: 12 }),
		'err web-01 state 3 of 12: breaks failed: Failure! ✗1',
	],
	[
		`salt/state_result/${jid}/web-01/deploy/done`,
		envelope('web-01', { ret: state(true, 'fine', { name: 'deployed' }) }),
		'info web-01 deploy/done: deployed ok',
	],
	[
		`salt/run/${jid}/new`,
		{ fun: 'runner.manage.up', user: 'alice', fun_args: [] },
		'info alice runner.manage.up started',
	],
	[
		`salt/run/${jid}/ret`,
		{ fun: 'runner.manage.up', user: 'alice', return: ['db-02'], success: true },
		'info alice runner.manage.up: [db-02]',
	],
	[
		`salt/run/${jid}/ret`,
		{ fun: 'no.such', return: "'no.such' is not available.", retcode: 254 },
		"err - no.such rc=254: 'no.such' is not available.",
	],
	[
		`salt/run/${jid}/ret`,
		{
			fun: 'runner.state.orchestrate',
			user: 'root',
			success: true,
			return: {
				data: {
					master: {
						'salt_|-deploy_|-deploy_|-state': state(false, 'Run failed on minions: web-01', {
							name: 'deploy',
							changes: { ret: { 'web-01': highstate } },
						}),
					},
				},
			},
		},
		'err root runner.state.orchestrate: 3 failed, 1 would change, 1 changed, 1 ok · salt.state deploy: Run failed on minions: web-01 ✗3',
	],
	[`salt/run/${jid}/args`, { name: 'test.ping', args: {} }, 'info - args test.ping'],
	[
		`salt/wheel/${jid}/new`,
		{ fun: 'wheel.key.list_all', user: 'Reactor' },
		'info Reactor wheel.key.list_all started',
	],
	[
		`salt/batch/${jid}/progress`,
		{
			fun: 'test.ping',
			user: 'root',
			state: { all_minions: ['a', 'b', 'c'], done: { a: 1 }, failed: { b: 1 }, pending: ['c'] },
		},
		'info root batch progress: 1 of 3 done, 1 failed: test.ping ✗1',
	],
	[
		'salt/auth',
		{ id: 'web-01', act: 'pend', result: true },
		'info web-01 key waits to be accepted',
	],
	[
		'salt/auth',
		{ id: 'web-01', act: 'reject', result: false },
		'warn web-01 key rejected, not let in',
	],
	['salt/key', { id: 'web-01', act: 'reject', result: true }, 'warn web-01 key rejected'],
	[
		'salt/key',
		envelope('evil', { id: 'web-01', act: 'accept' }),
		'info evil claimed by evil: key accepted',
	],
	['key', { rotate_aes_key: true }, 'info - the master rotates its session key'],
	['minion_start', envelope('web-01', 'Minion web-01 started'), 'info web-01 minion started'],
	[
		'salt/minion/web-01/start',
		envelope('web-01', { grains: { os: 'Debian' } }),
		'info web-01 minion started: {os: Debian}',
	],
	['salt/minion/web-01/start', envelope('evil', ''), 'info evil claims that web-01 started'],
	['minion/refresh/web-01', {}, 'info web-01 data cache refreshed'],
	['resource/refresh/web-01', {}, 'info web-01 resource cache refreshed'],
	['salt/presence/present', { present: ['a', 'b'] }, 'info - 2 present: [a, b]'],
	[
		'salt/presence/change',
		{ new: ['web-01'], lost: ['db-02'] },
		'warn db-02 lost: db-02 · new: web-01',
	],
	['salt/presence/change', { new: ['web-01'], lost: [] }, 'info web-01 new: web-01'],
	['salt/beacon/web-01/memusage/', { memusage: 91.2, id: 'web-01' }, 'warn web-01 memory 91.2%'],
	['salt/beacon/web-01/diskusage/', { diskusage: 21.9, mount: '/var' }, 'notice web-01 /var 21.9%'],
	[
		'salt/beacon/web-01/load/',
		{ '1m': 14.2, '5m': 9.1, '15m': 3.25 },
		'warn web-01 1m avg 14.2, 5m avg 9.1, 15m avg 3.25',
	],
	[
		'salt/beacon/web-01/inotify//etc/passwd',
		{ path: '/etc/passwd', change: 'IN_MODIFY' },
		'notice web-01 MODIFY /etc/passwd',
	],
	[
		'salt/beacon/web-01/ps/',
		{ nginx: 'Stopped', sshd: 'Running' },
		'warn web-01 nginx stopped, sshd running',
	],
	[
		'salt/beacon/web-01/service/cron',
		{ cron: { running: false }, service_name: 'cron' },
		'warn web-01 cron does not run',
	],
	[
		'salt/beacon/web-01/btmp/',
		{ user: 'root', hostname: '203.0.113.7' },
		'notice web-01 failed login of root from 203.0.113.7',
	],
	['salt/beacon/web-01/log/err', { raw: 'disk failure' }, 'notice web-01 disk failure'],
	['salt/beacon/web-01/journald/sshd', { MESSAGE: 'Accepted key' }, 'notice web-01 Accepted key'],
	[
		'salt/beacon/web-01/queue/orders',
		{ depth: 17, unit: 'jobs', priority: 'crit' },
		'crit web-01 queue depth=17 unit=jobs priority=crit',
	],
	[
		'salt/fileserver/roots/update',
		{ changed: true, files: { added: ['a'], removed: [] }, backend: 'roots' },
		'info roots files: added 1, removed 0',
	],
	[
		'salt/stats/MWorker-0',
		{ time: 15.0108, stats: { _return: { runs: 3, mean: 0.1 } } },
		'debug MWorker-0 in 15.0 s: _return 3',
	],
	[
		'salt/cloud/vm-03/created',
		{ event: 'created instance', profile: 'small', provider: 'lab' },
		'info vm-03 created instance (small, lab)',
	],
	[
		'salt/netapi/hook/deploy',
		{ headers: { Authorization: 'Basic eA==' }, post: { ref: 'main' } },
		'notice - {ref: main}',
	],
	['syndic_start', envelope('eu', ''), 'info eu syndic started'],
	['salt/syndic/eu/start', envelope('eu', ''), 'info eu syndic started'],
	['syndic/eu/salt/minion/web-01/start', envelope('web-01', ''), 'info web-01 minion started'],
	['salt/event/new_client', {}, 'debug - a client connected'],
	['salt/event/exit', {}, 'debug - a client left'],
	['salt/reactors/manage/list', { key: 'the root key' }, 'info - reactors: list'],
	[
		'salt/auth/creds',
		{ creds: { aes: 'secret' } },
		'info - session credentials of the minion, hidden',
	],
	[
		'fire_master',
		{ tag: null, data: null, events: [{ tag: 'a/b' }, { tag: 'c' }] },
		'info - for the master: a/b, c',
	],
	[
		'__schedule_return',
		{ cmd: '_return', fun: 'test.ping', id: 'web-01' },
		'debug - _return test.ping',
	],
	[
		'deploy/start',
		{ service: 'shop', hosts: ['a'], ok: true, __pub_fun: 'event.send' },
		'notice - service=shop ok=true',
	],
	[
		'deploy/start',
		envelope('web-01', { service: 'shop', level: 'critical' }),
		'crit web-01 service=shop level=critical',
	],
	['deploy/start', { severity: 2 }, 'crit - severity=2'],
	['deploy/start', envelope('web-01', 'just text'), 'notice web-01 just text'],
];

for (const [tag, data, line] of told) {
	test(`${tag.replace(jid, 'JID')}: ${line}`, () => {
		const body = encodeMsgpack(data);
		const facts = salt.facts(tag, salt.decode(body));
		const { severity, host } = peeked(salt, Buffer.from(tag), body);
		const failed = facts.failed === undefined ? '' : ` ✗${facts.failed}`;
		assert.equal(`${severity} ${facts.who || '-'} ${facts.summary}${failed}`, line);
		assert.equal(host, facts.host);
		assert.ok(salt.pretty(tag, salt.decode(body)).length > 0);
	});
}

test('the look at the bytes finds what decoding finds, in every captured event', () => {
	for (const { where, tag, body } of capturedEvents()) {
		const data = salt.decode(body) as Record<string, unknown>;
		const { host, severity, time } = peeked(salt, tag, body);
		assert.equal(host, salt.facts(decodeUtf8(tag), data).host, where);
		assert.equal(severity, slowSeverity(decodeUtf8(tag), data), where);
		assert.equal(time, slowTime(data), where);
	}
});

/** The rules of severity once more, on decoded data. */
function slowSeverity(tag: string, data: Record<string, unknown>): string {
	const own = tag.replace(/^syndic\/[^/]+\//, '');
	const said = JSON.stringify(data, (_key, value) =>
		typeof value === 'bigint' ? String(value) : value,
	);
	if (/^(salt\/job\/.*\/ret\/|salt\/(run|wheel)\/.*\/ret$|\d{20}$)/.test(own)) {
		const failed = data['success'] === false || ![0, undefined].includes(data['retcode'] as number);
		return failed || /_\|-.*"result":false/.test(said) ? 'err' : 'info';
	}
	if (/^salt\/(job\/.*\/prog|state_result)\//.test(own)) {
		return said.includes('"result":false') ? 'err' : 'info';
	}
	if (own === 'salt/presence/change') return said.includes('"lost":[]') ? 'info' : 'warn';
	if (own.startsWith('salt/beacon/')) {
		return /"running":false|"Stopped"/.test(said) ? 'warn' : 'notice';
	}
	if (/^(salt\/stats\/|salt\/event\/|__)/.test(own)) return 'debug';
	const isKnown = /^(salt\/|new_job$|key$|minion_start$|syndic_start$|fire_master$|\w+\/refresh\/)/;
	return isKnown.test(own) ? 'info' : 'notice';
}

function slowTime(data: Record<string, unknown>): string | undefined {
	const stamp = data instanceof Map ? data.get('_stamp') : data['_stamp'];
	if (typeof stamp !== 'string') return undefined;
	return `${stamp.replace('+00:00', '')}000Z`;
}
