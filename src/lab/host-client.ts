import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Refusal } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type {
	CommandOptions,
	CommandResult,
	Fuse,
	HostProcess,
	HostTool,
	SshLogin,
} from '../core/host-tool.ts';
import type { HostAnswer, HostCall } from './host-call.ts';
import type { Ran } from './lab-host.ts';

type Asked = HostCall extends infer Call
	? Call extends HostCall
		? Omit<Call, 'host'>
		: never
	: never;

const never = new AbortController().signal;

/** A host of the lab, through the lab's private socket; what the lab answers is our own writing. */
export function labHost(path: string, name: string): HostTool {
	const ask = <T>(call: Asked, stop = never) =>
		asked<T>(path, { host: name, ...call } as HostCall, stop);
	return {
		name,
		bootId: () => ask<string>({ call: 'bootId' }),
		command: (argv, options, stop) =>
			ran(options, (input) => ask<Ran>({ call: 'command', argv, ...input }, stop)),
		read: (file) => ask<string | undefined>({ call: 'read', path: file }),
		write: (file, text) =>
			ask<void>({ call: 'write', path: file, ...(text === undefined ? {} : { text }) }),
		lock: (lockName) => locked(path, { host: name, call: 'lock', name: lockName }),
		process: (pid) => ask<HostProcess | undefined>({ call: 'process', pid }),
		signal: (pid, signal) => ask<boolean>({ call: 'signal', pid, signal }),
		login: () => ask<SshLogin>({ call: 'login' }),
		arm: (unit, delayMs, argv) => ask<Fuse>({ call: 'arm', name: unit, delayMs, argv }),
		disarm: (fuse) =>
			ask<boolean>({ call: 'disarm', unit: fuse.kind === 'timer' ? fuse.unit : '' }),
	};
}

async function ran(
	{ input, onOutput, onBytes }: CommandOptions,
	run: (input: { readonly input?: string }) => Promise<Ran>,
): Promise<CommandResult> {
	const result = await run(input === undefined ? {} : { input });
	for (const [stream, text] of [
		['out', result.stdout],
		['err', result.stderr],
	] as const) {
		if (text === '') continue;
		onOutput?.(stream, text);
		onBytes?.(stream, Buffer.from(text, result.base64.includes(stream) ? 'base64' : 'utf8'));
	}
	return { ...result, signal: undefined, isCut: false, leftOut: 0, survivors: [] };
}

async function asked<T>(path: string, call: HostCall, stop: AbortSignal): Promise<T> {
	const socket = connect({ path, signal: stop });
	try {
		return (await answered(socket, call)) as T;
	} finally {
		socket.destroy();
	}
}

/** The lock is held as long as the line is. */
async function locked(path: string, call: HostCall): Promise<() => Promise<void>> {
	const socket = connect(path);
	try {
		await answered(socket, call);
	} catch (thrown) {
		socket.destroy();
		throw thrown;
	}
	return async () => {
		const closed = once(socket, 'close');
		socket.end();
		await closed;
	};
}

async function answered(socket: Socket, call: HostCall): Promise<unknown> {
	socket.write(`${JSON.stringify(call)}\n`);
	const lines = createInterface({ input: socket });
	const [line] = await Promise.race([
		once(lines, 'line'),
		once(socket, 'close').then(() => [undefined]),
	]);
	if (line === undefined)
		throw new Failure('unreachable', `the lab's host ${call.host} does not answer`);
	const answer: HostAnswer = JSON.parse(line);
	if ('refused' in answer) throw new Refusal(answer.refused);
	if ('failed' in answer) throw new Failure('unreachable', answer.failed);
	return 'value' in answer ? answer.value : undefined;
}
