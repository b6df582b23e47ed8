import type { Cuts } from '../../src/core/cuts.ts';
import type { FrameForm, FrameSink } from '../wire/frames.ts';

/** What is known of one bus's ways: learned by reading it, settled by echoes. */
export type Manner = {
	/** How its publisher sets frames apart. */
	reads?: FrameForm;
	/** Whether its `_stamp` names a zone. */
	hasZone?: boolean;
	/** The form in which a frame was written and came back. */
	writes?: FrameForm;
	/** A bus of Salt up to 2015.8, which speaks ZeroMQ. */
	isZeromq?: boolean;
	/** There, whether short tags are padded, as up to 2014.7. */
	pads?: boolean;
};

/**
 * The forms to write in, the likelier first. A publisher that writes lengths reads them; so do most whose stamps
 * have a zone. Where nothing is known the bare form goes first: one that expects a length swallows it without
 * a trace, while a length sent to one that expects none is an error in its log.
 */
export function formsToTry({ reads, hasZone, writes }: Manner): readonly [FrameForm, FrameForm] {
	const likelier = writes ?? (reads === 'length' || hasZone ? 'length' : 'bare');
	return likelier === 'length' ? ['length', 'bare'] : ['bare', 'length'];
}

/** Passes events on, and until it is known looks whether the bus stamps them with a zone. */
export class Hearing implements FrameSink {
	readonly #sink: FrameSink;
	readonly #manner: Manner;

	constructor(sink: FrameSink, manner: Manner) {
		this.#sink = sink;
		this.#manner = manner;
	}

	cut(
		bytes: Uint8Array,
		tagStart: number,
		tagEnd: number,
		bodyStart: number,
		bodyEnd: number,
	): void {
		if (this.#manner.hasZone === undefined) this.#look(bytes.subarray(bodyStart, bodyEnd));
		this.#sink.cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd);
	}

	cuts(cuts: Cuts): void {
		if (this.#manner.hasZone === undefined || !this.#sink.cuts) cuts.pushEach(this);
		else this.#sink.cuts(cuts);
	}

	broken(bytes: Uint8Array, reason: string): void {
		this.#sink.broken(bytes, reason);
	}

	#look(body: Uint8Array): void {
		const hasZone = stampHasZone(body);
		if (hasZone !== undefined) this.#manner.hasZone = hasZone;
	}
}

const stampKey = Buffer.from('\xa6_stamp', 'latin1');
const stampLength = '2026-11-21T09:30:15.123456'.length;
const zone = '+00:00';

/** Undefined where the body holds no stamp of Salt's. */
function stampHasZone(body: Uint8Array): boolean | undefined {
	const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	const key = bytes.lastIndexOf(stampKey);
	if (key < 0) return undefined;
	// Text up to 31 bytes long has one byte in front, longer text two.
	const at = key + stampKey.length;
	const length = bytes[at] === 0xd9 ? bytes[at + 1] : (bytes[at] ?? 0) & 0x1f;
	if (length === stampLength) return false;
	const end = at + 2 + stampLength + zone.length;
	const isZoned = length === stampLength + zone.length;
	return isZoned && bytes.toString('latin1', end - zone.length, end) === zone ? true : undefined;
}

/** A moment as the bus stamps it: UTC with microseconds, the zone only where it writes one. */
export function stampOf(microseconds: number, { hasZone }: Manner): string {
	const iso = new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, -1);
	const rest = String(microseconds % 1000).padStart(3, '0');
	return `${iso}${rest}${hasZone ? zone : ''}`;
}
