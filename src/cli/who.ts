import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { Actor } from '../core/approval.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the kernel says where nobody logged in: the process was started by the machine itself. */
const unset = '4294967295';

/**
 * Who sits here: the login uid, which `sudo` and `su` do not change. Where it is unset the user that runs this stands
 * in, and a second person cannot be told apart.
 */
export function whoIsHere(env: Env): { readonly actor: Actor; readonly isLoggedIn: boolean } {
	const login = loginUid();
	const uid = login ?? String(process.getuid?.() ?? 0);
	const hints = [env['SSH_CONNECTION']?.split(' ')[0], env['SSH_TTY'], sudo(env)];
	const from = hints.filter((hint) => hint !== undefined).join(' ');
	const actor = { id: `uid:${uid}`, name: nameOf(uid), ...(from === '' ? {} : { from }) };
	return { actor, isLoggedIn: login !== undefined };
}

function loginUid(): string | undefined {
	const uid = read('/proc/self/loginuid')?.trim();
	return uid === undefined || uid === '' || uid === unset ? undefined : uid;
}

function sudo({ SUDO_USER }: Env): string | undefined {
	return SUDO_USER === undefined ? undefined : `sudo by ${SUDO_USER}`;
}

/** The name in the list of users; `userInfo` knows only the one that runs this. */
function nameOf(uid: string): string {
	const line = read('/etc/passwd')
		?.split('\n')
		.find((entry) => entry.split(':')[2] === uid);
	return line?.split(':')[0] ?? (uid === String(process.getuid?.()) ? userInfo().username : uid);
}

/** This process among all that share a store: host, pid, and when it started, for pids come again. */
export function executorName(): string {
	return `${hostname()}/${process.pid}/${startOf(process.pid) ?? '0'}`;
}

/** Whether the process of such a name was on this machine and is no more. */
export function isGone(executor: string): boolean {
	const [host, pid, start] = executor.split('/');
	if (host !== hostname() || start === undefined || start === '0') return false;
	return startOf(Number(pid)) !== start;
}

/** When a process started, in ticks since the machine did; undefined where there is none. Its name may hold anything. */
function startOf(pid: number): string | undefined {
	const stat = read(`/proc/${pid}/stat`);
	return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function read(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		// Not there, or not for us to read: nothing is known then, and the callers say so.
		return undefined;
	}
}
