import { highstate, inOrder, type StateRun, withRuns } from '../highstate.ts';
import { beacon, job } from '../salt-events.ts';
import type { Act } from '../stage.ts';

const missing = 'Source file salt://nginx/files/nginx.conf.j2 not found in saltenv base';
const broken: readonly StateRun[] = [
	{ fun: 'file.managed', id: '/etc/nginx/nginx.conf', result: false, comment: missing, ms: 21 },
	{
		fun: 'service.running',
		id: 'nginx',
		result: false,
		comment: 'One or more requisite failed: nginx./etc/nginx/nginx.conf',
		ms: 0,
	},
	{
		fun: 'cmd.run',
		id: 'reload',
		name: '/usr/local/bin/reload',
		result: false,
		comment: 'Command "/usr/local/bin/reload" run',
		changes: { pid: 4711, retcode: 127, stdout: '', stderr: 'sh: 1: reload: not found' },
	},
	{
		fun: 'pkg.installed',
		id: 'openssl',
		comment: 'The following packages were installed/updated: openssl',
		changes: { openssl: { old: '3.0.15', new: '3.0.17' } },
		ms: 8400,
	},
];

/** A roll-out that goes wrong on one host of three. */
export const deploy: Act = {
	caption: 'a deploy goes wrong · ⏎ on ✗ shows why · * gathers all of its job',
	*play(stage) {
		const { web12, web7, web99 } = stage.hosts;
		const release = { service: 'payments', version: '2.14.2', by: 'olga' };
		stage.ops('ops.deploy.payments.started', {
			...release,
			level: 'notice',
			hosts: ['web12', 'web7', 'web99'],
		});
		yield 600;
		yield* job(stage, {
			user: 'sudo_olga',
			fun: 'state.apply',
			args: ['nginx'],
			target: 'web*',
			out: 'highstate',
			returns: [
				{ minion: web99, afterMs: 900, value: highstate(stage, 'nginx', inOrder) },
				{ minion: web7, afterMs: 500, value: highstate(stage, 'nginx', withRuns(...upgraded)) },
				{
					minion: web12,
					afterMs: 1000,
					value: highstate(stage, 'nginx', withRuns(...broken)),
					retcode: 2,
				},
			],
		});
		beacon(stage, web12, 'service', { nginx: { running: false }, service_name: 'nginx' }, 'nginx');
		yield 500;
		stage.ops('ops.deploy.payments.failed', {
			...release,
			level: 'error',
			host: 'web12',
			reason: 'nginx does not start',
		});
		yield 700;
		yield* job(stage, {
			user: 'sudo_olga',
			fun: 'cmd.run',
			args: ['nginx -t'],
			target: 'web12',
			returns: [{ minion: web12, afterMs: 400, value: nginxSays, retcode: 1 }],
		});
		yield 1200;
	},
};

const upgraded: readonly StateRun[] = broken.slice(3);

const nginxSays =
	'nginx: [emerg] open() "/etc/nginx/nginx.conf" failed (2: No such file or directory)\nnginx: configuration file /etc/nginx/nginx.conf test failed';
