import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ownHome } from './own-home.ts';

/** Options of tests that need a terminal: where there is none they say why; what waits for ever fails. */
export const onPty = { skip: noPty() ?? false, timeout: 60_000 };

function noPty(): string | undefined {
	const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
	return stdout?.includes('util-linux') ? undefined : "needs util-linux's script";
}

export type Pty = {
	/** All bytes the terminal was sent so far. */
	output(): string;
	type(text: string): void;
	/** Resolves once the terminal was sent this text, after what an earlier call found. */
	until(text: string): Promise<void>;
	/** Takes the terminal away, as a lost connection does. */
	hangUp(): void;
	/** Resolves when the session is over. */
	readonly ended: Promise<unknown>;
	/** Resolves when no process of the session is left. */
	readonly gone: Promise<unknown>;
};

/** Long enough that only a test that hangs meets it. */
const hangMs = 30_000;

/** What a test's end is told to. */
export type Ending = { after(end: () => Promise<void>): void };

/** Runs a shell script on a terminal of 80×24 and in a home of its own. */
export function aPty(t: Ending, script: string, env: NodeJS.ProcessEnv = {}): Pty {
	const words = ['-qfec', `stty rows 24 cols 80; ${script}`, '/dev/null'];
	const home = mkdtempSync(join(tmpdir(), 'ec-'));
	const child = spawn('script', words, {
		env: { ...ownHome(home), SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
		stdio: ['pipe', 'pipe', 'inherit', 'ignore', 'pipe'],
	});
	const [stdin, stdout, , , everybody] = child.stdio as [Writable, Readable, null, null, Readable];
	let output = '';
	let seen = 0;
	stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	// Everybody in the session inherits this pipe: it ends with the last of them.
	const gone = once(everybody.resume(), 'end');
	const ended: Promise<unknown[]> = once(child, 'exit');
	t.after(async () => {
		child.kill('SIGKILL');
		await gone;
		rmSync(home, { recursive: true, force: true });
	});
	return {
		output: () => output,
		type: (text) => stdin.write(text),
		async until(text) {
			const hung = AbortSignal.timeout(hangMs);
			while (!output.includes(text, seen)) {
				const more = await Promise.race([once(stdout, 'data', { signal: hung }), ended]).catch(
					() => [],
				);
				if (typeof more?.[0] !== 'string')
					throw new Error(`no ${JSON.stringify(text)} in ${output}`);
			}
			seen = output.indexOf(text, seen) + text.length;
		},
		hangUp: () => child.kill('SIGKILL'),
		ended,
		gone,
	};
}
