import { decodeMultiStream } from '@msgpack/msgpack';
import { Frames } from '../connectors/wire/frames.ts';
import { salt } from '../src/formats/registry.ts';
import { aStore } from './a-store.ts';
import { atLeast, type Figure, type Measured, paired, perSecond } from './harness.ts';
import { busBytes } from './salt-traffic.ts';

const events = 200_000;
const chunk = 64 * 1024;

/** Frames cut, looked at and stored, against a decoder that reads only their tags. */
export const saltFrames: Figure = {
	name: 'salt-frames',
	says: 'Salt frames received and stored, against decodeMultiStream reading tags only',
	goal: '≥ 2.5×',
	async measure() {
		const bytes = busBytes(events);
		const { sink, index } = aStore(salt, events);
		const receive = () => store(bytes, new Frames(sink));
		const read = () => readTags(bytes);
		const stored = await paired(receive, read, 7, index);
		const indexed = await paired(
			() => {
				receive();
				index();
			},
			read,
			7,
		);
		const size = Math.round(bytes.length / events);
		return [
			{
				...row(`${events} job returns of ${size} bytes, stored`, stored),
				verdict: atLeast(2.5, 1 / stored[2]),
			},
			row('the same, and severity, time, host and tag indexed', indexed),
		];
	},
};

function row(what: string, [ours, other, ratio]: readonly [number, number, number]): Measured {
	return {
		what,
		ours: perSecond(events, ours),
		other: perSecond(events, other),
		ratio: `${(1 / ratio).toFixed(2)}×`,
	};
}

function store(bytes: Buffer, frames: Frames): void {
	for (let at = 0; at < bytes.length; at += chunk) {
		const room = frames.room();
		frames.took(bytes.copy(room, 0, at, Math.min(at + chunk, bytes.length)));
	}
}

async function readTags(bytes: Buffer): Promise<number> {
	let length = 0;
	for await (const frame of decodeMultiStream(chunksOf(bytes))) {
		const body = (frame as { body: Uint8Array }).body;
		length += Buffer.from(body.buffer, body.byteOffset, body.indexOf(10)).toString().length;
	}
	return length;
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}
