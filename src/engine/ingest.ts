import { type Bounds, boundsOf } from '../core/bounds.ts';
import type { Sink } from '../core/connector.ts';
import type { Cuts } from '../core/cuts.ts';
import { ownFormat, rowKind } from '../core/format.ts';
import type { Gap } from '../core/gap.ts';
import type { Link } from '../core/link.ts';
import type { EventLog } from '../log/event-log.ts';
import { maxTagBytes } from '../log/slab.ts';
import type { Arrival } from './arrival.ts';
import { Rate } from './rate.ts';

/** At most this many of a broken frame's bytes are stored. */
const maxBroken = 256 * 1024;

const nothing = new Uint8Array(0);

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
	/** Registers a name that rows may bear, and what a look at them needs; returns the name's number. */
	readonly register: (name: string, tally: Tally, format?: string) => number;
	/** Is told after each row or run of rows, link or drop. */
	readonly onChange: () => void;
};

/** A source's sink: bytes are copied and counted, and nothing is looked at while the bus waits. */
export class Ingest implements Sink {
	readonly tally: Tally;
	readonly #setup: IngestSetup;
	readonly #log: EventLog;
	readonly #arrival: Arrival;
	readonly #source: number;
	readonly #ownFormat: number;
	readonly #at: Bounds = boundsOf(nothing, nothing);
	readonly #played = new Map<string, Ingest>();

	constructor(setup: IngestSetup, name: string, tally = new Tally(), format?: string) {
		this.tally = tally;
		this.#setup = setup;
		this.#log = setup.log;
		this.#arrival = setup.arrival;
		this.#source = setup.register(name, tally, format);
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

	cuts(cuts: Cuts): void {
		if (cuts.longestTag > maxTagBytes) {
			cuts.pushEach(this);
			return;
		}
		this.#arrival.refresh();
		this.#log.appendAll(cuts, this.#source, this.#arrival.seconds, this.#arrival.nanos);
		this.#count(cuts.count);
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
		this.#setup.onChange();
	}

	dropped(count: number): void {
		this.tally.dropped += count;
		this.#setup.onChange();
	}

	/** Rows of a recording bear the name of the source that was recorded; they count as this source's. */
	from(source: string, format: string): Ingest {
		const key = `${source}\0${format}`;
		const known = this.#played.get(key);
		if (known) return known;
		const sink = new Ingest(this.#setup, source, this.tally, format);
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
		if (at.tagEnd - at.tagStart > maxTagBytes) {
			this.broken(at.body.subarray(at.bodyStart, at.bodyEnd), 'its tag is longer than 64 KiB');
			return;
		}
		this.#log.append(at, this.#source, seconds, nanos);
		this.#count(1);
	}

	#count(events: number): void {
		const { tally } = this;
		tally.received += events;
		tally.lastAt = this.#arrival.ms;
		tally.rate.add(this.#arrival.seconds, events);
		this.#setup.onChange();
	}

	#own(kind: typeof rowKind.gap | typeof rowKind.broken, says: string, body: Uint8Array): void {
		const tag = Buffer.from(says.slice(0, 4096));
		this.#point(tag, 0, tag.length, body, 0, body.length);
		this.#arrival.refresh();
		const { seconds, nanos } = this.#arrival;
		this.#log.append(this.#at, this.#source, seconds, nanos, kind, this.#ownFormat);
		this.#setup.onChange();
	}
}
