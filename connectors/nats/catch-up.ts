import type { Sink } from '../../src/core/connector.ts';

/** So few events are on their way, not behind. */
const near = 100;
/** How many events lie between two words about the distance, and how far a live reader may fall behind unsaid. */
const stride = 1000;

/** Says how far a reader is behind the end of its stream, until it is there, and again when it falls back. */
export class CatchUp {
	readonly #sink: Pick<Sink, 'link'>;
	/** As last said; undefined while live. */
	#behind: number | undefined;

	constructor(sink: Pick<Sink, 'link'>) {
		this.#sink = sink;
	}

	/** The reader begins with so many events to read. */
	begin(pending: number): void {
		this.#say(pending);
	}

	/** So many events are left after the one that came. Called per event. */
	left(pending: number): void {
		const behind = this.#behind ?? 0;
		const isThere = this.#behind !== undefined && pending <= near;
		if (isThere || Math.abs(pending - behind) >= stride) this.#say(pending);
	}

	#say(pending: number): void {
		this.#behind = pending > near ? pending : undefined;
		this.#sink.link(
			this.#behind === undefined ? { kind: 'live' } : { kind: 'catching-up', behind: this.#behind },
		);
	}
}
