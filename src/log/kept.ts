import { Slab } from './slab.ts';

/** A row that outlives the ring: a slab of its own that holds nothing else. */
export type KeptRow = { readonly seq: number; readonly slab: Slab; readonly row: 0 };

const maxEvents = 10_000;
const maxBytes = 32 << 20;
const critical = 2;

/**
 * Evidence: rows the operator holds on to (selected, marked, on the screen), and critical events nobody has looked
 * at, copied out of a slab before it falls. Bounded; what no longer fits is counted.
 */
export class Kept {
	readonly #rows = new Map<number, KeptRow>();
	readonly #unseen = new Set<number>();
	#held: ReadonlySet<number> = new Set();
	#bytes = 0;
	refused = 0;

	get size(): number {
		return this.#rows.size;
	}

	get(seq: number): KeptRow | undefined {
		return this.#rows.get(seq);
	}

	/** The critical rows that fell before anybody saw them, oldest first; the set only grows. */
	get unseen(): ReadonlySet<number> {
		return this.#unseen;
	}

	/** The rows the operator holds on to now. Copies of others he let go of are dropped. */
	hold(seqs: Iterable<number>): void {
		this.#held = new Set(seqs);
		for (const { seq, slab } of this.#rows.values()) {
			if (this.#held.has(seq) || this.#unseen.has(seq)) continue;
			this.#rows.delete(seq);
			this.#bytes -= slab.used;
		}
	}

	/** To be called before `slab` falls. `wasSeen` tells which critical events the operator has had on the screen. */
	beforeFall(slab: Slab, wasSeen: (seq: number) => boolean): void {
		for (let row = 0; row < slab.rows; row++) {
			const seq = slab.first + row;
			const isUnseenCritical = (slab.severities[row] ?? 8) <= critical && !wasSeen(seq);
			if (!this.#held.has(seq) && !isUnseenCritical) continue;
			const isKept = this.#keep(seq, slab, row);
			if (isKept && isUnseenCritical) this.#unseen.add(seq);
		}
	}

	#keep(seq: number, slab: Slab, row: number): boolean {
		const bytes = slab.end(row) - slab.start(row);
		if (this.#rows.size >= maxEvents || this.#bytes + bytes > maxBytes) {
			this.refused++;
			return false;
		}
		this.#rows.set(seq, { seq, slab: copyOf(slab, row, seq), row: 0 });
		this.#bytes += bytes;
		return true;
	}
}

function copyOf(slab: Slab, row: number, seq: number): Slab {
	const copy = new Slab(seq, Buffer.from(slab.body(row)), { rows: 1 });
	copy.ends[0] = copy.bytes.length;
	copy.tagLengths[0] = slab.tagLengths[row] ?? 0;
	for (const column of columns) copy[column][0] = slab[column][row] ?? 0;
	const tag = slab.tag(row);
	const host = slab.hosts.get(slab.hostIds[row] ?? 0);
	copy.tagIds[0] = copy.tags.intern(tag, 0, tag.length);
	copy.hostIds[0] = copy.hosts.intern(host, 0, host.length);
	copy.rows = 1;
	copy.used = copy.bytes.length;
	copy.indexed = 1;
	copy.seal();
	return copy;
}

const columns = [
	'seconds',
	'nanos',
	'arrivedSeconds',
	'arrivedNanos',
	'sources',
	'formats',
	'severities',
	'kinds',
] as const;
