import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { isMainThread } from 'node:worker_threads';
import { type Clock, pause, systemClock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { CommandOptions, CommandResult } from '../core/host-tool.ts';
import { Brood } from './brood.ts';
import { findProgram, programPath } from './find-program.ts';
import { OutputCap } from './output-cap.ts';

type Child = ChildProcessWithoutNullStreams;

const defaultMaxBytes = 64 * 1024;
const graceMs = 5000;
/** A program may end while a child of its own keeps the pipes open. */
const pipesMs = 1000;
const killRounds = 50;
const killRoundMs = 100;
const inherited = ['HOME', 'LOGNAME', 'USER', 'TZ', 'LANG'] as const;

/**
 * Runs one program without a shell: its path absolute or found on a fixed PATH, in a group of its own, from `/`, with
 * an environment of its own and umask 077. When the time is over or `stop` aborts it gets SIGTERM, 5 s later SIGKILL,
 * and with it everything that came of it. Throws a Failure where it cannot be started.
 */
export async function runCommand(
	argv: readonly string[],
	options: CommandOptions,
	stop: AbortSignal,
	clock: Clock = systemClock,
): Promise<CommandResult> {
	stop.throwIfAborted();
	const [program = '', ...words] = argv;
	const brood = new Brood();
	const child = await start(brood, await findProgram(program), words);
	const [out, err] = [new OutputCap(maxOf(options)), new OutputCap(maxOf(options))];
	listen(child, 'out', out, options);
	listen(child, 'err', err, options);
	give(child, options.input);
	brood.led(child.pid ?? 0);
	const isCut = await ended(child, brood, options.timeoutMs, clock, stop);
	const survivors = isCut ? await hunt(brood, clock) : await brood.alive();
	child.stdout.destroy();
	child.stderr.destroy();
	const { exitCode, signalCode } = child;
	return {
		exitCode: exitCode ?? undefined,
		signal: signalCode ?? undefined,
		isCut,
		...texts(out, err),
		survivors,
	};
}

function maxOf({ maxBytes = defaultMaxBytes }: CommandOptions): number {
	return maxBytes;
}

async function start(brood: Brood, path: string, words: readonly string[]): Promise<Child> {
	const [file, ...args] = brood.command(path, words);
	const env = { ...environment(), ...brood.env };
	const child = withUmask(() =>
		spawn(file, args, { shell: false, detached: true, cwd: '/', env, stdio: 'pipe' }),
	);
	try {
		await once(child, 'spawn');
	} catch (cause) {
		throw new Failure('config', `${path} cannot be started: ${reasonOf(cause)}`, { cause });
	}
	return child;
}

function environment(): Record<string, string> {
	const env: Record<string, string> = { LANG: 'C.UTF-8', PATH: programPath };
	for (const name of inherited) {
		const value = process.env[name];
		if (value !== undefined) env[name] = value;
	}
	return env;
}

/** The umask is the whole process's and a worker may not set it: there `main` has, at its start. */
function withUmask<T>(deed: () => T): T {
	if (!isMainThread) return deed();
	const before = process.umask(0o077);
	try {
		return deed();
	} finally {
		process.umask(before);
	}
}

function listen(
	child: Child,
	stream: 'out' | 'err',
	cap: OutputCap,
	options: CommandOptions,
): void {
	const text = new StringDecoder('utf8');
	const from = stream === 'out' ? child.stdout : child.stderr;
	from.on('data', (bytes: Buffer) => {
		cap.push(bytes);
		options.onBytes?.(stream, bytes);
		options.onOutput?.(stream, text.write(bytes));
	});
}

function give(child: Child, input = ''): void {
	// A program that does not read to the end has its reasons: its exit code tells them.
	child.stdin.on('error', () => {});
	child.stdin.end(input);
}

/** Resolves when the program is over, or had its time to end after SIGTERM; true where it was told to. */
async function ended(
	child: Child,
	brood: Brood,
	timeoutMs: number,
	clock: Clock,
	stop: AbortSignal,
): Promise<boolean> {
	const over = new AbortController();
	const { signal } = over;
	const finishAfter = (ms: number) => void pause(clock, ms, signal).then(() => over.abort());
	child.once('close', () => over.abort());
	child.once('exit', () => finishAfter(pipesMs));
	let isCut = false;
	const cut = () => {
		isCut = true;
		brood.terminate();
		finishAfter(graceMs);
	};
	const forget = clock.after(timeoutMs, cut);
	stop.addEventListener('abort', cut, { once: true, signal });
	if (stop.aborted) cut();
	await once(signal, 'abort');
	forget();
	return isCut;
}

/** Ends whatever is left; answers those that nothing ended. */
async function hunt(brood: Brood, clock: Clock): Promise<readonly number[]> {
	let alive = await brood.alive();
	for (let round = 0; alive.length > 0 && round < killRounds; round++) {
		await brood.kill();
		await pause(clock, killRoundMs, never);
		alive = await brood.alive();
	}
	return alive;
}

const never = new AbortController().signal;

function texts(
	out: OutputCap,
	err: OutputCap,
): Pick<CommandResult, 'stdout' | 'stderr' | 'leftOut' | 'base64'> {
	const [stdout, stderr] = [out.kept(), err.kept()];
	const base64 = [
		...(stdout.isBase64 ? (['out'] as const) : []),
		...(stderr.isBase64 ? (['err'] as const) : []),
	];
	return {
		stdout: stdout.text,
		stderr: stderr.text,
		leftOut: stdout.leftOut + stderr.leftOut,
		base64,
	};
}
