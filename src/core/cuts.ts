import type { Sink } from './connector.ts';

/** Numbers that say where one event lies. */
const perEvent = 4;
const firstRoom = 256;
const nothing = new Uint8Array(0);

/**
 * The events of one read, in the order in which they lie in its bytes: of each, where tag and body begin and end.
 * One object is filled anew for each read, so that a connector allocates nothing per event, and a sink copies once
 * per read.
 */
export class Cuts {
	bytes: Uint8Array = nothing;
	count = 0;
	/** Bytes of the longest tag. */
	longestTag = 0;
	#bounds = new Uint32Array(perEvent * firstRoom);

	/** Tag start, tag end, body start, body end of each event. */
	get bounds(): Uint32Array {
		return this.#bounds;
	}

	/** Where the first byte of an event lies. */
	start(event: number): number {
		return this.#bounds[event * perEvent] ?? 0;
	}

	/** Behind its last one. */
	end(event: number): number {
		return this.#bounds[event * perEvent + 3] ?? 0;
	}

	/** Adds an event behind the others. */
	add(tagStart: number, tagEnd: number, bodyStart: number, bodyEnd: number): void {
		const at = this.count * perEvent;
		if (at === this.#bounds.length) this.#grow();
		const bounds = this.#bounds;
		bounds[at] = tagStart;
		bounds[at + 1] = tagEnd;
		bounds[at + 2] = bodyStart;
		bounds[at + 3] = bodyEnd;
		this.count += 1;
		if (tagEnd - tagStart > this.longestTag) this.longestTag = tagEnd - tagStart;
	}

	/** Pushes the events, at once where the sink takes them so, and forgets them. */
	pushTo(sink: Pick<Sink, 'cut' | 'cuts'>): void {
		if (this.count === 0) return;
		if (sink.cuts) sink.cuts(this);
		else this.pushEach(sink);
		this.count = 0;
		this.longestTag = 0;
	}

	/** Pushes the events one by one; forgets nothing. */
	pushEach(sink: Pick<Sink, 'cut'>): void {
		const bounds = this.#bounds;
		const at = (index: number) => bounds[index] ?? 0;
		for (let first = 0; first < this.count * perEvent; first += perEvent) {
			sink.cut(this.bytes, at(first), at(first + 1), at(first + 2), at(first + 3));
		}
	}

	#grow(): void {
		const larger = new Uint32Array(this.#bounds.length * 2);
		larger.set(this.#bounds);
		this.#bounds = larger;
	}
}
