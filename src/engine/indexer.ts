import { type Bounds, boundsOf } from '../core/bounds.ts';
import {
	clearPeek,
	type Format,
	newPeek,
	ownFormat,
	type Peeker,
	type Region,
	rowKind,
} from '../core/format.ts';
import type { OwnKeys } from '../formats/own-keys.ts';
import { recognise } from '../formats/recognise.ts';
import { json } from '../formats/registry.ts';
import type { EventLog } from '../log/event-log.ts';
import type { Slab } from '../log/slab.ts';
import type { Tally } from './ingest.ts';

/** A source: how the format of its events is known, and how each format looks at them. */
type Known = {
	readonly tally: Tally;
	readonly pick: (at: Bounds) => Format;
	readonly peekers: Map<Format, Peeker>;
	/** Where its JSON says what others say under the usual keys. */
	readonly keys: OwnKeys | undefined;
};

const nothing = new Uint8Array(0);
/** A tag that a format makes is at most as long as one of a transport. */
const madeTagBytes = 65_535;

/**
 * Fills the columns that a look at the bytes tells: format, severity, time, tag, host. It runs when the sockets are
 * empty, in slices, and allocates nothing per row. The tag that a transport does not give is made of the format's
 * name and the slice that `peek` found.
 */
export class Indexer {
	readonly #log: EventLog;
	readonly #formats: readonly Format[];
	readonly #ownFormat: number;
	/** By the source's number in the log. */
	readonly #known: Known[] = [];
	readonly #at: Bounds = boundsOf(nothing, nothing);
	readonly #peek = newPeek();
	readonly #madeTag = Buffer.alloc(madeTagBytes);
	/** Source and format of the event before, the format's look and number, and the start of `#madeTag`: most have the same. */
	#source: Known | undefined;
	#format: Format | undefined;
	#peeker: Peeker = { turnTo() {}, peek() {} };
	/** Where the rows that are being indexed lie. */
	#region: Region = { bytes: nothing, start: 0, end: 0 };
	#formatId = 0;
	/** The slab and the format of the last tag that was made without a name, and its id there. */
	#bareSlab: Slab | undefined;
	#bareFormat: Format | undefined;
	#bareId = 0;

	constructor(log: EventLog, formats: readonly Format[]) {
		this.#log = log;
		this.#formats = formats;
		for (const { id } of formats) log.formats.id(id);
		this.#ownFormat = log.formats.id(ownFormat);
		log.indexRows = (slab, from, to) => this.#indexAll(slab, from, to);
	}

	/** A source's name, its tally and the formats its events may have: one alone is certain, else each is recognised. */
	register(name: string, tally: Tally, formats: readonly string[], keys?: OwnKeys): number {
		const id = this.#log.sources.id(name);
		this.#known[id] = { tally, pick: this.#picker(formats), peekers: new Map(), keys };
		return id;
	}

	#picker(ids: readonly string[]): Known['pick'] {
		const candidates = this.#formats.filter(({ id }) => ids.length === 0 || ids.includes(id));
		const [only, another] = candidates;
		if (only && !another) return () => only;
		const names = candidates.map(({ id }) => id);
		return (at) => recognise(at, names);
	}

	#indexAll(slab: Slab, from: number, to: number): void {
		this.#region = { bytes: slab.bytes, start: slab.tagStart(from), end: slab.end(to - 1) };
		this.#source = undefined;
		for (let row = from; row < to; row++) this.#index(slab, row);
	}

	#index(slab: Slab, row: number): void {
		const peek = this.#peek;
		clearPeek(peek);
		const tagStart = slab.tagStart(row);
		const tagEnd = slab.tagEnd(row);
		if (slab.formats[row] === this.#ownFormat) {
			peek.kind = slab.kind(row);
			slab.index(row, slab.tags.intern(slab.bytes, tagStart, tagEnd), 0, this.#ownFormat, peek);
			return;
		}
		const at = this.#at;
		at.tag = slab.bytes;
		at.tagStart = tagStart;
		at.tagEnd = tagEnd;
		at.body = slab.bytes;
		at.bodyStart = slab.start(row);
		at.bodyEnd = slab.end(row);
		const known = this.#known[slab.sources[row] ?? 0];
		if (!known) return;
		const format = known.pick(at);
		if (format !== this.#format || known !== this.#source) this.#turnTo(known, format);
		this.#peeker.peek(at, peek);
		const tag =
			tagEnd > tagStart ? slab.tags.intern(slab.bytes, tagStart, tagEnd) : this.#made(slab, format);
		const host =
			peek.hostIn === 0 ? 0 : slab.hosts.intern(slab.bytes, peek.hostStart, peek.hostEnd);
		slab.index(row, tag, host, this.#formatId, peek);
		this.#count(known.tally, slab.arrivedSeconds[row] ?? 0);
	}

	#made(slab: Slab, format: Format): number {
		const { nameStart, nameEnd } = this.#peek;
		const made = this.#madeTag;
		const formatEnd = format.id.length;
		if (nameEnd <= nameStart) return this.#bareTag(slab, format);
		const length = slab.bytes.copy(made, formatEnd + 1, nameStart, nameEnd);
		return slab.tags.intern(made, 0, formatEnd + 1 + length);
	}

	/** The tag of events without a name, as many formats' are. */
	#bareTag(slab: Slab, format: Format): number {
		if (slab !== this.#bareSlab || format !== this.#bareFormat) {
			this.#bareSlab = slab;
			this.#bareFormat = format;
			this.#bareId = slab.tags.intern(this.#madeTag, 0, format.id.length);
		}
		return this.#bareId;
	}

	#turnTo(source: Known, format: Format): void {
		const peeker = source.peekers.get(format) ?? peekerOf(format, source.keys);
		source.peekers.set(format, peeker);
		peeker.turnTo(this.#region);
		this.#peeker = peeker;
		this.#source = source;
		this.#format = format;
		this.#formatId = this.#log.formats.id(format.id);
		this.#madeTag.write(`${format.id}/`, 'latin1');
	}

	#count(tally: Tally, arrivedSeconds: number): void {
		const { kind, seconds } = this.#peek;
		if (kind === rowKind.gap) tally.gaps++;
		tally.behindMs = seconds < 0 ? undefined : (arrivedSeconds - seconds) * 1000;
	}
}

function peekerOf(format: Format, keys: OwnKeys | undefined): Peeker {
	const usual = format.peeker?.() ?? plain(format);
	if (!keys || format.id !== json.id) return usual;
	return {
		turnTo: (region) => usual.turnTo(region),
		peek(at, out) {
			usual.peek(at, out);
			keys.peek(at, out);
		},
	};
}

/** For a format that remembers nothing. */
function plain(format: Format): Peeker {
	return { turnTo() {}, peek: format.peek };
}
