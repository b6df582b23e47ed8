import { type Bounds, boundsOf } from '../core/bounds.ts';
import type { Sink } from '../core/connector.ts';
import { clearPeek, type Format, newPeek, ownFormat, rowKind } from '../core/format.ts';
import type { Gap } from '../core/gap.ts';
import type { Link } from '../core/link.ts';
import type { EventLog } from '../log/event-log.ts';
import { maxInterned } from '../log/strings.ts';
import type { Arrival } from './arrival.ts';
import { Rate } from './rate.ts';

/** At most this many of a broken frame's bytes are stored. */
const maxBroken = 256 * 1024;

const nothing = new Uint8Array(0);

/** What a source's events look like: chosen once, or asked for each event. */
export type PickFormat = (at: Bounds) => Format;

/** What a source has said so far, whoever of its sinks said it. */
export class Tally {
	received = 0;
	dropped = 0;
	gaps = 0;
	broken = 0;
	/** Milliseconds since the epoch. */
	lastAt: number | undefined;
	/** How far the last event's own time lies behind its arrival, in milliseconds. */
	behindMs: number | undefined;
	link: Link = { kind: 'connecting' };
	readonly rate = new Rate();
}

/** The log's side of a sink, the same for all sources. */
export type IngestSetup = {
	readonly log: EventLog;
	readonly arrival: Arrival;
	/** The format with this id, for recordings. */
	readonly formatOf: (id: string) => Format | undefined;
	/** Is told after each row, link or drop. */
	readonly onChange: () => void;
};

/**
 * A source's sink: one row of columns per event, no object. The tag that a transport does not give is made of the
 * format's name and the slice that `peek` found.
 */
export class Ingest implements Sink {
	readonly tally: Tally;
	readonly #setup: IngestSetup;
	readonly #log: EventLog;
	readonly #arrival: Arrival;
	readonly #onChange: () => void;
	readonly #pick: PickFormat;
	readonly #source: number;
	readonly #ownFormat: number;
	readonly #formatIds = new Map<Format, number>();
	readonly #peek = newPeek();
	readonly #at: Bounds = boundsOf(nothing, nothing);
	readonly #madeTag = Buffer.alloc(maxInterned);
	readonly #played = new Map<string, Ingest>();

	constructor(setup: IngestSetup, name: string, pick: PickFormat, tally = new Tally()) {
		this.tally = tally;
		this.#setup = setup;
		this.#log = setup.log;
		this.#arrival = setup.arrival;
		this.#onChange = setup.onChange;
		this.#pick = pick;
		this.#source = setup.log.sources.id(name);
		this.#ownFormat = setup.log.formats.id(ownFormat);
	}

	event(tag: Uint8Array, body: Uint8Array, at?: bigint): void {
		this.#point(tag, 0, tag.length, body, 0, body.length);
		if (at === undefined) this.#store();
		else this.#storeAt(Number(at / 1_000_000_000n), Number(at % 1_000_000_000n));
	}

	cut(
		bytes: Uint8Array,
		tagStart: number,
		tagEnd: number,
		bodyStart: number,
		bodyEnd: number,
	): void {
		this.#point(bytes, tagStart, tagEnd, bytes, bodyStart, bodyEnd);
		this.#store();
	}

	broken(bytes: Uint8Array, reason: string): void {
		this.tally.broken++;
		const isCut = bytes.length > maxBroken;
		const says = isCut
			? `${reason} (the first ${maxBroken} of ${bytes.length} bytes are kept)`
			: reason;
		this.#own(rowKind.broken, says, isCut ? bytes.subarray(0, maxBroken) : bytes);
	}

	gap(gap: Gap): void {
		this.tally.gaps++;
		this.#own(rowKind.gap, gap.cause, Buffer.from(JSON.stringify(gap)));
	}

	link(link: Link): void {
		this.tally.link = link;
		this.#onChange();
	}

	dropped(count: number): void {
		this.tally.dropped += count;
		this.#onChange();
	}

	/** Rows of a recording bear the name of the source that was recorded; they count as this source's. */
	from(source: string, format: string): Sink {
		const key = `${source}\0${format}`;
		const known = this.#played.get(key);
		if (known) return known;
		const recorded = this.#setup.formatOf(format);
		const pick = recorded ? () => recorded : this.#pick;
		const sink = new Ingest(this.#setup, source, pick, this.tally);
		this.#played.set(key, sink);
		return sink;
	}

	#point(
		tag: Uint8Array,
		tagStart: number,
		tagEnd: number,
		body: Uint8Array,
		bodyStart: number,
		bodyEnd: number,
	): void {
		const at = this.#at;
		at.tag = tag;
		at.tagStart = tagStart;
		at.tagEnd = tagEnd;
		at.body = body;
		at.bodyStart = bodyStart;
		at.bodyEnd = bodyEnd;
	}

	#store(): void {
		this.#arrival.refresh();
		this.#storeAt(this.#arrival.seconds, this.#arrival.nanos);
	}

	#storeAt(seconds: number, nanos: number): void {
		const at = this.#at;
		if (at.tagEnd - at.tagStart > maxInterned) {
			this.broken(at.body.subarray(at.bodyStart, at.bodyEnd), 'its tag is longer than 64 KiB');
			return;
		}
		const format = this.#pick(at);
		const peek = this.#peek;
		clearPeek(peek);
		format.peek(at, peek);
		const isTransportTag = at.tagEnd > at.tagStart;
		if (!isTransportTag) this.#makeTag(format.id);
		this.#log.append(
			at,
			peek,
			this.#source,
			this.#formatId(format),
			isTransportTag,
			seconds,
			nanos,
		);
		this.#count(seconds);
	}

	#count(seconds: number): void {
		const { tally } = this;
		if (this.#peek.kind === rowKind.gap) tally.gaps++;
		tally.received++;
		tally.behindMs = this.#peek.seconds < 0 ? undefined : (seconds - this.#peek.seconds) * 1000;
		tally.lastAt = this.#arrival.ms;
		tally.rate.add(this.#arrival.seconds);
		this.#onChange();
	}

	#formatId(format: Format): number {
		const known = this.#formatIds.get(format);
		if (known !== undefined) return known;
		const id = this.#log.formats.id(format.id);
		this.#formatIds.set(format, id);
		return id;
	}

	#makeTag(format: string): void {
		const { nameStart, nameEnd } = this.#peek;
		const at = this.#at;
		let length = this.#madeTag.write(format, 0, 'latin1');
		if (nameEnd > nameStart) {
			length = this.#madeTag.write('/', length, 'latin1') + length;
			const end = Math.min(nameEnd, nameStart + maxInterned - length);
			for (let index = nameStart; index < end; index++) {
				this.#madeTag[length++] = at.body[index] ?? 0;
			}
		}
		at.tag = this.#madeTag;
		at.tagStart = 0;
		at.tagEnd = length;
	}

	#own(kind: typeof rowKind.gap | typeof rowKind.broken, says: string, body: Uint8Array): void {
		const tag = Buffer.from(says.slice(0, 4096));
		this.#point(tag, 0, tag.length, body, 0, body.length);
		this.#arrival.refresh();
		clearPeek(this.#peek);
		this.#peek.kind = kind;
		const { seconds, nanos } = this.#arrival;
		this.#log.append(this.#at, this.#peek, this.#source, this.#ownFormat, false, seconds, nanos);
		this.#onChange();
	}
}
