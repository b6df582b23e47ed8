import { Socket } from 'node:net';
import { reasonOf, systemCode } from '../../src/core/errors.ts';
import { encodeFrame, type Frame, FrameCutter, frameKind, partOf } from '../wire/pipe-frames.ts';
import type { ZeromqOrder } from '../wire/zeromq-child.ts';
import { receive } from './receive.ts';
import { send } from './send.ts';

/**
 * The one process that loads the native addon. Its order comes on stdin, never in argv, for it holds keys;
 * when stdin closes, its parent is gone, and so is it. It answers on descriptor 3: writes to a stdout that
 * is a pipe are synchronous, and a slow parent would stop the reading of the bus.
 */
function main(): void {
	const output = new Socket({ fd: 3, readable: false, writable: true });
	const cutter = new FrameCutter();
	const outbox: Buffer[][] = [];
	let order: ZeromqOrder | undefined;
	const take = (frame: Frame) => {
		if (frame.kind === frameKind.message) outbox.push(partsOf(frame));
		if (frame.kind === frameKind.order) {
			order = JSON.parse(partOf(frame, 0).toString());
			if (order?.pattern === 'sub') perform(order, outbox, output);
		}
		if (frame.kind === frameKind.end && order !== undefined) perform(order, outbox, output);
	};
	output.on('error', () => process.exit(1));
	process.on('SIGUSR1', () => {});
	process.stdin.on('data', (chunk: Buffer) => cutter.push(chunk, take));
	process.stdin.on('end', () => process.exit(0));
}

async function perform(order: ZeromqOrder, outbox: Buffer[][], output: Socket): Promise<void> {
	try {
		const zeromq = await import('zeromq');
		if (order.pattern === 'sub') return await receive(zeromq, order, output);
		await send(zeromq, order, outbox);
		output.write(encodeFrame(frameKind.sent));
	} catch (thrown) {
		const [code, sentence] = explain(thrown, order);
		output.write(encodeFrame(frameKind.failed, [code, sentence]));
	}
	// Closed sockets linger until what they hold is sent; the process ends by itself after that.
	process.stdin.destroy();
	output.end();
}

function partsOf(frame: Frame): Buffer[] {
	return Array.from({ length: frame.count }, (_, index) => Buffer.from(partOf(frame, index)));
}

function explain(thrown: unknown, { endpoint, pattern }: ZeromqOrder): [string, string] {
	const code = systemCode(thrown);
	if (code === 'ERR_MODULE_NOT_FOUND') {
		return ['config', 'zeromq: the optional package zeromq is not installed: npm install zeromq'];
	}
	if (code === 'EAGAIN') {
		const who = pattern === 'push' ? 'pulls from' : 'subscribes at';
		return ['not-confirmed', `zeromq: nobody ${who} ${endpoint}: nothing was sent`];
	}
	if (code === 'EADDRINUSE') {
		return ['unreachable', `zeromq: ${endpoint} is taken by another process: bind elsewhere`];
	}
	if (code === 'EINVAL' || code === 'EPROTONOSUPPORT') {
		return ['config', `zeromq: ${endpoint} or its keys are not valid (${reasonOf(thrown)})`];
	}
	return ['unreachable', `zeromq: cannot use ${endpoint}: ${reasonOf(thrown)}`];
}

main();
