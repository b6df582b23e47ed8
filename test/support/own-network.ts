import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findProgram, programPath } from '../../src/actions/find-program.ts';

const mark = 'EVENTCTL_OWN_NETWORK';
const needed = ['unshare', 'nft', 'ip', 'ss'] as const;
const own = ['--net', '--mount'] as const;
const testing = ['--enable-source-maps', '--test-force-exit', '--test-timeout=60000'] as const;

/**
 * Runs the tests of a file in a network of its own, with a `/run` of its own: this machine's firewall is never
 * touched. Outside, the file is one test, which starts the same file inside. Needs root; where that or a program is
 * missing the test is skipped with the reason, or fails where servers are required (`EVENTCTL_REQUIRE_SERVERS=1`).
 */
export function inOwnNetwork(file: string, tests: () => void): void {
	if (isInside()) {
		command('mount', '-t', 'tmpfs', 'tmpfs', '/run');
		command('ip', 'link', 'set', 'lo', 'up');
		tests();
		return;
	}
	test('in a network of its own', async (t) => {
		const reason = await whyNot();
		if (reason === undefined) return runInside(fileURLToPath(file));
		if (process.env['EVENTCTL_REQUIRE_SERVERS'] === '1') throw new Error(reason);
		t.skip(reason);
	});
}

/** The mark names the network outside: that it is set proves nothing, that we are in another does. */
function isInside(): boolean {
	const outside = process.env[mark] ?? '';
	return outside.startsWith('net:') && outside !== network();
}

function network(): string {
	return readlinkSync('/proc/self/ns/net');
}

async function runInside(file: string): Promise<void> {
	const { NODE_TEST_CONTEXT: _, ...env } = process.env;
	const child = spawn('unshare', [...own, '--', process.execPath, ...testing, file], {
		env: { ...env, [mark]: network() },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let said = '';
	child.stdout.on('data', (bytes) => {
		said += String(bytes);
	});
	const [code] = await once(child, 'close');
	if (code !== 0) throw new Error(said);
}

async function whyNot(): Promise<string | undefined> {
	if (process.getuid?.() !== 0) return 'a network of its own needs root';
	const found = await Promise.allSettled(needed.map(findProgram));
	const absent = needed.filter((_, index) => found[index]?.status === 'rejected');
	if (absent.length > 0) {
		return `no ${absent.join(', ')}: apt-get install nftables iproute2 util-linux`;
	}
	const { status, stderr } = spawnSync('unshare', [...own, 'true'], { encoding: 'utf8' });
	return status === 0 ? undefined : `no network of its own can be made: ${stderr.trim()}`;
}

/** Runs a program of the machine and answers what it printed. */
export function command(program: string, ...words: readonly string[]): string {
	return execFileSync(program, words, { encoding: 'utf8', env: { PATH: programPath } });
}
