import type { Stage } from './stage.ts';

/** One state of a highstate as it went. */
export type StateRun = {
	/** `pkg.installed` */
	readonly fun: string;
	readonly id: string;
	readonly name?: string;
	/** True where left out. */
	readonly result?: boolean;
	readonly comment?: string;
	readonly changes?: Readonly<Record<string, unknown>>;
	readonly ms?: number;
};

const packages = [
	'nginx',
	'openssl',
	'ca-certificates',
	'curl',
	'chrony',
	'rsyslog',
	'logrotate',
	'jq',
];
const users = ['deploy', 'www-data', 'backup', 'monitor'];
const services = ['chrony', 'rsyslog', 'ssh', 'cron', 'node_exporter'];
const files = [
	...[
		'/etc/hosts',
		'/etc/motd',
		'/etc/chrony/chrony.conf',
		'/etc/rsyslog.conf',
		'/etc/ssh/sshd_config',
	],
	...['/etc/logrotate.d/nginx', '/etc/nginx/mime.types', '/etc/nginx/conf.d/payments.conf'],
	...['/etc/nginx/conf.d/search.conf', '/etc/nginx/conf.d/cart.conf', '/etc/sysctl.d/60-net.conf'],
	...['/etc/security/limits.d/nginx.conf', '/etc/cron.d/renew', '/srv/www/health.html'],
];
const settings = ['net.core.somaxconn', 'net.ipv4.tcp_tw_reuse', 'fs.file-max', 'vm.swappiness'];

/** What a web server's highstate does where nothing needs doing. */
export const inOrder: readonly StateRun[] = [
	...packages.map((id) => ({
		fun: 'pkg.installed',
		id,
		comment: 'All specified packages are already installed',
	})),
	...users.map((id) => ({
		fun: 'user.present',
		id,
		comment: `User ${id} is present and up to date`,
	})),
	...files.map((id) => ({
		fun: 'file.managed',
		id,
		comment: `File ${id} is in the correct state`,
	})),
	...settings.map((id) => ({
		fun: 'sysctl.present',
		id,
		comment: `Sysctl value ${id} is already set`,
	})),
	...services.map((id) => ({
		fun: 'service.running',
		id,
		comment: `The service ${id} is already running`,
	})),
];

/** The states in order, with some that went otherwise in the place of those of the same function and id, or last. */
export function withRuns(...otherwise: readonly StateRun[]): readonly StateRun[] {
	const isSame = (one: StateRun, other: StateRun) => one.fun === other.fun && one.id === other.id;
	const rest = inOrder.filter((run) => !otherwise.some((other) => isSame(run, other)));
	return [...rest, ...otherwise];
}

/** The return of `state.apply`, as a minion sends it. */
export function highstate(
	{ chance, clock }: Stage,
	sls: string,
	runs: readonly StateRun[],
): Readonly<Record<string, unknown>> {
	const startTime = new Date(clock.now()).toISOString().slice(11, 23);
	const states = runs.map(({ fun, id, name = id, ms, ...run }, index) => {
		const [module, call] = fun.split('.');
		const duration = Math.round((ms ?? chance.between(2, 60)) * 1000) / 1000;
		const state = {
			name,
			changes: run.changes ?? {},
			result: run.result ?? true,
			comment: run.comment ?? '',
			__sls__: sls,
			__run_num__: index,
			start_time: `${startTime}000`,
			duration,
			__id__: id,
		};
		return [`${module}_|-${id}_|-${name}_|-${call}`, state] as const;
	});
	return Object.fromEntries(states);
}
