import { closeSync, constants, open as openCallback, read } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import type { LineCutter } from './ndjson.ts';

const open = promisify(openCallback);
const readAt = promisify(read);
const fileRead = 1024 * 1024;
const pipeRead = 64 * 1024;
/** An ordinary open of a FIFO blocks a thread until a writer comes. */
const readAtOnce = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads a pipe, a FIFO or a socket by its descriptor until its end or `stop`, and closes it.
 * The bytes lie in one reused buffer.
 */
export function readPipe(fd: number, lines: LineCutter, stop: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const buffer = Buffer.allocUnsafe(pipeRead);
		const callback = (length: number) => {
			lines.push(buffer.subarray(0, length));
			return true;
		};
		const socket = new Socket({
			fd,
			readable: true,
			writable: false,
			onread: { buffer, callback },
		});
		const end = () => socket.destroy();
		stop.addEventListener('abort', end, { once: true });
		socket.once('end', end);
		socket.once('error', reject);
		socket.once('close', () => {
			stop.removeEventListener('abort', end);
			resolve();
		});
		if (stop.aborted) end();
	});
}

/** Reads a file by its descriptor from where it stands to its end, and leaves it open. */
export async function readRest(fd: number, lines: LineCutter, stop: AbortSignal): Promise<void> {
	const buffer = Buffer.allocUnsafe(fileRead);
	while (!stop.aborted) {
		const { bytesRead } = await readAt(fd, buffer, 0, buffer.length, null);
		if (bytesRead === 0) return;
		lines.push(buffer.subarray(0, bytesRead));
	}
}

/**
 * Reads a FIFO until `stop`: a writer that ends is followed by the next. `isOpen` is called once there is
 * a reader. Throws where it cannot be opened.
 */
export async function readFifo(
	path: string,
	lines: LineCutter,
	isOpen: () => void,
	stop: AbortSignal,
): Promise<void> {
	// Open before the one that is read ends: a writer that comes and goes in between is heard, and finds a reader.
	let next = await open(path, readAtOnce);
	try {
		isOpen();
		while (!stop.aborted) {
			const current = next;
			next = await open(path, readAtOnce);
			await readPipe(current, lines, stop);
			lines.end('its writer ended within this line');
		}
	} finally {
		closeSync(next);
	}
}
