/** One piece of evidence: a command whose output is a file of its own. */
export type EvidenceItem = {
	/** The file's name. */
	readonly file: string;
	readonly argv: readonly string[];
	readonly timeoutMs: number;
	readonly maxBytes: number;
};

/** Pieces that are of a kind, in the order in which they are taken. */
export type EvidenceKind = { readonly says: string; readonly items: readonly EvidenceItem[] };

const mebibyte = 1 << 20;
const binaries = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'];
const columns = 'pid,ppid,pgid,sid,user,tty,stat,lstart,etimes,pcpu,rss,args';

/** What is worth keeping of a host that may be taken over, and first what is gone first. */
export const evidenceKinds: readonly EvidenceKind[] = [
	{
		says: 'clock and identity',
		items: [
			quick('date-first.txt', 'date', '-u', '+%FT%TZ'),
			quick('uname.txt', 'uname', '-a'),
			quick('uptime.txt', 'uptime'),
		],
	},
	{
		says: 'sockets and sessions',
		items: [
			quick('sockets.txt', 'ss', '-antup'),
			quick('listening.txt', 'ss', '-lntupe'),
			quick('who.txt', 'who', '-aH'),
			quick('logins.txt', 'last', '-Fwx', '-n', '200'),
			quick('failed-logins.txt', 'lastb', '-Fw', '-n', '200'),
		],
	},
	{
		says: 'processes',
		items: [
			quick('processes.txt', 'ps', 'axwwo', columns, '--forest'),
			quick(
				'programs.txt',
				'find',
				'/proc',
				...'-mindepth 2 -maxdepth 2 -name exe'.split(' '),
				'-printf',
				'%p %l\\n',
			),
		],
	},
	{
		says: 'open and deleted files',
		items: [
			slow('open-files.txt', 32, 'lsof', '-nP', '-w'),
			slow('deleted-files.txt', 8, 'lsof', '-nP', '-w', '+L1'),
		],
	},
	{
		says: 'network',
		items: [
			quick('addresses.txt', 'ip', '-d', 'addr'),
			quick('routes.txt', 'ip', 'route', 'show', 'table', 'all'),
			quick('neighbours.txt', 'ip', 'neigh'),
			quick('nft-ruleset.txt', 'nft', 'list', 'ruleset'),
			quick('iptables.txt', 'iptables-save'),
		],
	},
	{
		says: 'what makes it last',
		items: [
			quick('users.txt', 'getent', 'passwd'),
			quick(
				'cron.txt',
				'find',
				'/etc',
				'/var/spool/cron',
				...'-xdev -type f -path *cron*'.split(' '),
				'-exec',
				'head',
				'-v',
				'-c',
				'65536',
				'{}',
				'+',
			),
			quick('timers.txt', 'systemctl', 'list-timers', '--all', '--no-pager'),
			quick('enabled-units.txt', 'systemctl', 'list-unit-files', '--state=enabled', '--no-pager'),
		],
	},
	{
		says: 'files',
		items: [
			slow(
				'changed-files.txt',
				32,
				'find',
				'/',
				'-xdev',
				'-newermt',
				'1 day ago',
				'-type',
				'f',
				'-printf',
				'%T+ %u %s %p\\n',
			),
			slow('setuid-files.txt', 8, 'find', '/', '-xdev', '-perm', '/6000', '-type', 'f'),
			slow(
				'binary-hashes.txt',
				8,
				'find',
				...binaries,
				'-xdev',
				'-type',
				'f',
				'-exec',
				'sha256sum',
				'{}',
				'+',
			),
		],
	},
	{
		says: 'logs',
		items: [
			slow('var-log.tar.gz', 64, 'tar', '-czf', '-', '--warning=no-file-changed', '/var/log'),
			slow('journal.export', 64, 'journalctl', '-o', 'export', '--no-pager'),
			quick('date-last.txt', 'date', '-u', '+%FT%TZ'),
		],
	},
];

function quick(file: string, ...argv: readonly string[]): EvidenceItem {
	return { file, argv, timeoutMs: 20_000, maxBytes: 8 * mebibyte };
}

function slow(file: string, mebibytes: number, ...argv: readonly string[]): EvidenceItem {
	return { file, argv, timeoutMs: 120_000, maxBytes: mebibytes * mebibyte };
}
