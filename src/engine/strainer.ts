import type { Clock } from '../core/clock.ts';
import type { Sink } from '../core/connector.ts';
import type { Criterion } from '../core/criterion.ts';
import type { Cuts } from '../core/cuts.ts';
import { type Format, rowKind } from '../core/format.ts';
import type { Gap } from '../core/gap.ts';
import type { Link } from '../core/link.ts';
import type { OwnKeys } from '../formats/own-keys.ts';
import { EventLog, type Place } from '../log/event-log.ts';
import { Matcher } from '../log/matcher.ts';
import { Arrival } from './arrival.ts';
import { Decoder } from './decoder.ts';
import { Feed } from './feed.ts';
import { Indexer } from './indexer.ts';
import { Ingest } from './ingest.ts';

export type StrainerSetup = {
	readonly only: Criterion;
	readonly formats: readonly Format[];
	readonly clock: Clock;
};

const limits = { events: 1, bytes: 64 << 20 };
/** So many rows wait at most: well before the small log lets any of them fall. */
const mostWaiting = 65_536;
const nothing = new Uint8Array(0);

/**
 * Lets only matching events on to the log, so that what does not match is never kept. Events are looked at in a small
 * log of its own, a turn of the event loop at a time; gaps and bytes that cannot be read always pass, in their order.
 */
export class Strainer {
	readonly #log = new EventLog(limits);
	readonly #indexer: Indexer;
	readonly #decoder: Decoder;
	readonly #arrival: Arrival;
	readonly #feed: Feed;
	/** By the source's number in the small log. */
	readonly #targets: Sink[] = [];
	#isWaiting = false;

	constructor({ only, formats, clock }: StrainerSetup) {
		this.#indexer = new Indexer(this.#log, formats);
		this.#arrival = new Arrival(clock);
		this.#decoder = new Decoder(this.#log, formats);
		const matcher = new Matcher(this.#log, only, { kind: 'all' }, this.#decoder.decode);
		this.#feed = new Feed(this.#log, matcher);
	}

	/** What stands before a source's sink. */
	before(target: Sink, name: string, formats: readonly string[], keys?: OwnKeys): Sink {
		this.#decoder.useKeys(name, keys);
		const entry = new Ingest(
			{
				log: this.#log,
				arrival: this.#arrival,
				register: (source, tally, format) => {
					const id = this.#indexer.register(source, tally, format ? [format] : formats, keys);
					const played = format === undefined ? undefined : target.from?.(source, format);
					this.#targets[id] = played ?? target;
					return id;
				},
				onChange: this.#came,
			},
			name,
		);
		return new Strained(entry, target, this.strain);
	}

	/** Hands on what matches of all that came. */
	readonly strain = (): void => {
		do {
			for (const place of this.#feed.take(mostWaiting)) this.#pass(place);
		} while (!this.#feed.isDrained);
	};

	readonly #came = (): void => {
		if (this.#log.next - this.#feed.next > mostWaiting) this.strain();
		if (this.#isWaiting) return;
		this.#isWaiting = true;
		setImmediate(() => {
			this.#isWaiting = false;
			this.strain();
		});
	};

	#pass({ slab, row }: Place): void {
		const target = this.#targets[slab.sources[row] ?? 0];
		const body = slab.body(row);
		if (slab.kind(row) === rowKind.broken) target?.broken(body, slab.tag(row).toString());
		else target?.event(slab.isTransportTag(row) ? slab.tag(row) : nothing, body, slab.arrived(row));
	}
}

/** A source's end of the strainer: what is no event overtakes none. */
class Strained implements Sink {
	readonly #entry: Ingest;
	readonly #target: Sink;
	readonly #strain: () => void;

	constructor(entry: Ingest, target: Sink, strain: () => void) {
		this.#entry = entry;
		this.#target = target;
		this.#strain = strain;
	}

	event(tag: Uint8Array, body: Uint8Array, at?: bigint): void {
		this.#entry.event(tag, body, at);
	}

	cut(bytes: Uint8Array, tagStart: number, tagEnd: number, start: number, end: number): void {
		this.#entry.cut(bytes, tagStart, tagEnd, start, end);
	}

	cuts(cuts: Cuts): void {
		this.#entry.cuts(cuts);
	}

	broken(bytes: Uint8Array, reason: string): void {
		this.#strain();
		this.#target.broken(bytes, reason);
	}

	gap(gap: Gap): void {
		this.#strain();
		this.#target.gap(gap);
	}

	link(link: Link): void {
		this.#strain();
		this.#target.link(link);
	}

	dropped(count: number): void {
		this.#target.dropped(count);
	}

	from(source: string, format: string): Sink {
		const target = this.#target.from?.(source, format) ?? this.#target;
		return new Strained(this.#entry.from(source, format), target, this.#strain);
	}
}
