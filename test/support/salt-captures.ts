import { globSync, readFileSync } from 'node:fs';
import { decodeMsgpack } from '../../src/codec/msgpack.ts';
import { root } from './files.ts';

/** One event of a capture of a real Salt bus: its bytes, and what they must decode to. */
export type CapturedEvent = {
	/** The capture's name and the event's number in it. */
	readonly where: string;
	readonly tag: Uint8Array;
	readonly body: Uint8Array;
	readonly expectedTag: unknown;
	readonly expected: unknown;
};

type Frame = {
	readonly offset: number;
	readonly length: number;
	readonly tag: unknown;
	readonly data: unknown;
	readonly style?: string;
	readonly rawTag?: string;
};

/** Every event of every capture under test/recordings/salt. */
export function capturedEvents(): CapturedEvent[] {
	const names = globSync('test/recordings/salt/*.json', { cwd: root }).sort();
	return names.flatMap((name) =>
		eventsOf(`${root}${name}`, name.slice('test/recordings/salt/'.length)),
	);
}

function eventsOf(path: string, name: string): CapturedEvent[] {
	const bytes = readFileSync(path.replace(/json$/, 'bin'));
	const { framing, frames } = JSON.parse(readFileSync(path, 'utf8')) as {
		framing: string;
		frames: Frame[];
	};
	return frames.map((frame, index) => {
		const whole = bytes.subarray(frame.offset, frame.offset + frame.length);
		const cut = framing === 'zmq' ? cutMessage(whole, frame) : cutFrame(whole, framing);
		return { where: `${name}#${index}`, ...cut, expectedTag: frame.tag, expected: frame.data };
	});
}

function cutFrame(whole: Buffer, framing: string): { tag: Uint8Array; body: Uint8Array } {
	const frame = decodeMsgpack(framing === 'length' ? whole.subarray(4) : whole) as {
		body: Uint8Array | string;
	};
	const body = Buffer.from(frame.body as Uint8Array);
	const blank = body.indexOf('\n\n');
	return { tag: body.subarray(0, blank), body: body.subarray(blank + 2) };
}

function cutMessage(whole: Buffer, frame: Frame): { tag: Uint8Array; body: Uint8Array } {
	const message = whole.subarray(4);
	const tagLength = frame.style === 'pad20' ? 20 : message.indexOf('\n\n');
	const tag = Buffer.from(message.subarray(0, tagLength).toString().replace(/\|+$/, ''));
	return { tag, body: message.subarray(frame.style === 'pad20' ? 20 : tagLength + 2) };
}

/** A decoded value in the notation of the captures' JSON: what JSON cannot hold is an object with one `$` key. */
export function inCaptureNotation(value: unknown): unknown {
	if (typeof value === 'bigint') return { $int: String(value) };
	if (typeof value === 'number') return Number.isFinite(value) ? value : { $float: String(value) };
	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Uint8Array) return { $bin: Buffer.from(value).toString('base64') };
	if (Array.isArray(value)) return value.map(inCaptureNotation);
	if (value instanceof Map) {
		return {
			$map: [...value].map(([key, item]) => [inCaptureNotation(key), inCaptureNotation(item)]),
		};
	}
	if ('$ext' in value && 'data' in value) {
		return { $ext: [value.$ext, Buffer.from(value.data as string).toString('base64')] };
	}
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key, inCaptureNotation(item)]),
	);
}
