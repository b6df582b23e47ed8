import { readFileSync } from 'node:fs';
import { type FrameSink, Frames } from '../../connectors/wire/frames.ts';
import { root } from './files.ts';
import { type CapturedEvent, capturedEvents } from './salt-captures.ts';

/** The bytes of one capture from a stream socket, and the events they must become. */
export type Capture = {
	readonly name: string;
	readonly framing: 'msgpack' | 'length' | 'zmq';
	readonly bytes: Buffer;
	/** Where each frame ends. */
	readonly ends: readonly number[];
	readonly events: readonly CapturedEvent[];
};

/** Every capture, whole; `zmq` ones hold each message behind four bytes of length. */
export function captures(): Capture[] {
	const byName = Map.groupBy(capturedEvents(), ({ where }) => where.slice(0, where.indexOf('#')));
	return [...byName].map(([file, events]) => {
		const path = `${root}test/recordings/salt/${file}`;
		const { framing, frames } = JSON.parse(readFileSync(path, 'utf8')) as {
			framing: Capture['framing'];
			frames: { offset: number; length: number }[];
		};
		return {
			name: file.replace(/\.json$/, ''),
			framing,
			bytes: readFileSync(path.replace(/json$/, 'bin')),
			ends: frames.map(({ offset, length }) => offset + length),
			events,
		};
	});
}

/** Gives the bytes to a new cutter in pieces that end at `cuts`; false as soon as it gives up. */
export function feed(sink: FrameSink, bytes: Uint8Array, cuts: readonly number[] = []): boolean {
	const frames = new Frames(sink);
	let start = 0;
	for (const end of [...cuts, bytes.length]) {
		while (start < end) {
			const room = frames.room();
			const piece = bytes.subarray(start, Math.min(end, start + room.length));
			room.set(piece);
			start += piece.length;
			if (!frames.took(piece.length)) return false;
		}
	}
	frames.end();
	return true;
}
