import { decodeMultiStream } from '@msgpack/msgpack';
import { Frames } from '../connectors/wire/frames.ts';
import { salt } from '../src/formats/registry.ts';
import { aStore } from './a-store.ts';
import { type Figure, paired, perSecond } from './harness.ts';
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
		const { sink } = aStore(salt, events);
		const [ours, other, ratio] = await paired(
			() => store(bytes, new Frames(sink)),
			() => readTags(bytes),
		);
		return [
			{
				what: `${events} job returns of ${Math.round(bytes.length / events)} bytes`,
				ours: perSecond(events, ours),
				other: perSecond(events, other),
				ratio: `${(1 / ratio).toFixed(2)}×`,
			},
		];
	},
};

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
