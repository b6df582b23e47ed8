import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { FromEngine, Opened, ToEngine } from '../core/session.ts';
import { Census } from './census.ts';
import type { Desk } from './desk.ts';
import type { Engine } from './engine.ts';
import { inSlices } from './in-slices.ts';
import type { RespondSession } from './respond-session.ts';
import { matcherFor, Sight, type Wanted } from './sight.ts';

/** A slice of searching; in between, sockets are served. */
const sliceMs = 4;
const beatMs = 1000;
const countsMs = 250;

type Sought = Extract<ToEngine, { type: 'row.sought' }>;

/**
 * One console at the engine: its view, and the windows it is sent. A window it asked for goes out as soon as its
 * rows are known; arrivals are told at most `windowsPerSecond` times a second; the counts beat once a second.
 */
export class Session {
	readonly #engine: Engine;
	readonly #clock: Clock;
	readonly #send: (message: FromEngine) => void;
	#respond: RespondSession | undefined;
	#sight: Sight | undefined;
	#census: Census | undefined;
	#windowsPerSecond = 10;
	#isPumping = false;
	/** A window that was asked for is owed, whole or with all there is. */
	#isAsked = false;
	/** Something that the window shows has changed. */
	#isStale = false;
	#sentAt = 0;
	#countedAt = 0;
	#cancelTimer: () => void = () => {};
	#cancelBeat: () => void = () => {};

	constructor(engine: Engine, clock: Clock, send: (message: FromEngine) => void) {
		this.#engine = engine;
		this.#clock = clock;
		this.#send = send;
		this.#beat();
	}

	/** Carries out what the console asked for; what cannot be done is told as a notice. */
	receive(message: ToEngine): void {
		if (this.#respond?.receive(message)) return;
		try {
			this.#receive(message);
		} catch (error) {
			if (!(error instanceof Failure)) throw error;
			this.#send({ type: 'notice', tone: 'bad', text: error.message });
		}
	}

	#receive(message: ToEngine): void {
		switch (message.type) {
			case 'view.wanted':
				this.#want(message);
				break;
			case 'row.sought':
				this.#seek(message);
				break;
			case 'event.opened':
				this.#send(this.#open(message.seq));
				break;
			case 'events.kept':
				this.#engine.mark(message.seqs);
				break;
			case 'tags.wanted':
				this.#complete(message);
				break;
			case 'bars.wanted':
				this.#drawBars(message);
				break;
			case 'facets.wanted':
				this.#countFacets(message);
				break;
			case 'fired':
				this.#fire(message);
				break;
			case 'source.paused':
				this.#engine.pauseSource(message.source, message.isPaused);
				break;
			case 'source.reconnected':
				this.#engine.reconnectSource(message.source);
				break;
			case 'pace.wanted':
				this.#windowsPerSecond = Math.min(10, Math.max(1, message.windowsPerSecond));
				break;
			case 'ended':
				void this.#engine.stop().then(() => this.#send({ type: 'ended' }));
				break;
		}
	}

	/** From now on its questions about rules, approvals and runs are answered. */
	attend(desk: Desk): void {
		this.#respond = desk.connect(this.#send, (fired) => this.#fire(fired));
	}

	/** Something arrived, fell, or a link changed. */
	touch(): void {
		this.#isStale = true;
		this.#run();
	}

	close(): void {
		this.#cancelTimer();
		this.#cancelBeat();
		this.#respond?.close();
		this.#sight = undefined;
		this.#census = undefined;
	}

	#want(wanted: Wanted): void {
		this.#sight = new Sight(this.#engine, wanted, this.#clock.now(), this.#sight);
		this.#isAsked = true;
		this.#run();
	}

	/** Runs slices between turns of the event loop as long as there is something to search. */
	#pump(): void {
		if (this.#isPumping) return;
		this.#isPumping = true;
		setImmediate(() => {
			this.#isPumping = false;
			this.#run();
		});
	}

	#run(): void {
		const sight = this.#sight;
		if (!sight) return;
		const until = this.#clock.now() + sliceMs;
		const isComplete = sight.advance(() => this.#clock.now() >= until);
		if (!isComplete) this.#pump();
		if (this.#isAsked && (isComplete || sight.isFull)) this.#sendWindow(sight, isComplete);
		else if (this.#isStale || this.#isAsked || !isComplete) this.#sendInTime(sight, isComplete);
	}

	/** At most so many windows a second; the last change is always told. */
	#sendInTime(sight: Sight, isComplete: boolean): void {
		const due = this.#sentAt + 1000 / this.#windowsPerSecond;
		const now = this.#clock.now();
		if (now >= due) {
			this.#sendWindow(sight, isComplete);
			return;
		}
		this.#cancelTimer();
		this.#cancelTimer = this.#clock.after(due - now, () => this.#run());
	}

	#sendWindow(sight: Sight, isComplete: boolean): void {
		this.#cancelTimer();
		this.#isAsked = !isComplete && !sight.isFull;
		// What is still being looked for is owed, even where nothing arrives any more.
		this.#isStale = !isComplete;
		this.#sentAt = this.#clock.now();
		this.#send(sight.window(isComplete));
		if (this.#sentAt - this.#countedAt >= countsMs) this.#sendCounts();
	}

	#open(seq: number): Opened {
		const { log, kept, decoder } = this.#engine;
		const place = log.place(seq) ?? kept.get(seq);
		if (place) return decoder.open(place.slab, place.row);
		return { type: 'opened', seq, missing: 'it has fallen out of the buffer' };
	}

	/** Walks the view's own matches from `from`, a slice at a time, until one also matches. */
	#seek(sought: Sought): void {
		const sight = this.#sight;
		const { log, kept } = this.#engine;
		const matcher = matcherFor(this.#engine, sought.filter, this.#clock.now());
		let at: number | undefined = sought.from;
		const slice = () => {
			if (sight?.wanted.filter !== this.#sight?.wanted.filter) at = undefined;
			const until = this.#clock.now() + sliceMs;
			while (this.#clock.now() < until) {
				at = at === undefined ? undefined : sight?.neighbour(at, sought.towards);
				const place = at === undefined ? undefined : (log.place(at) ?? kept.get(at));
				if (place && !matcher.matches(place.slab, place.row)) continue;
				this.#send({ type: 'found', id: sought.id, ...(at === undefined ? {} : { seq: at }) });
				return;
			}
			setImmediate(slice);
		};
		slice();
	}

	#complete({ id, prefix, source }: Extract<ToEngine, { type: 'tags.wanted' }>): void {
		this.#send({ type: 'tags', id, tags: this.#engine.tagsLike(prefix, source) });
	}

	/** Whoever asks anew is answered anew. */
	#countFacets({ id, filter }: Extract<ToEngine, { type: 'facets.wanted' }>): void {
		const census = new Census(this.#engine, filter, this.#clock.now());
		this.#census = census;
		const isWanted = () => this.#census === census;
		inSlices(census.count(), { clock: this.#clock, isWanted }, (counted) =>
			this.#send({ type: 'facets', id, ...counted }),
		);
	}

	#drawBars({ id, bucketMs, ...span }: Extract<ToEngine, { type: 'bars.wanted' }>): void {
		const sight = this.#sight;
		if (!sight) return;
		const isWanted = () => this.#sight !== undefined;
		inSlices(sight.bars({ ...span, bucketMs }), { clock: this.#clock, isWanted }, (bars) =>
			this.#send({ type: 'bars', id, bucketMs, bars }),
		);
	}

	#fire(fired: Extract<ToEngine, { type: 'fired' }>): void {
		this.#engine.fire(fired.source, fired.events, { forward: fired.forward }).then(
			(receipt) =>
				this.#send({
					type: 'fire.answered',
					id: fired.id,
					isConfirmed: receipt.confirmed,
					says: receipt.says,
				}),
			(error: unknown) =>
				this.#send({
					type: 'fire.answered',
					id: fired.id,
					isConfirmed: false,
					says: reasonOf(error),
					failed: true,
				}),
		);
	}

	/** Once a second whatever happens: a console that hears nothing knows that the engine is behind. */
	#beat(): void {
		this.#sendCounts();
		this.#cancelBeat = this.#clock.after(beatMs, () => this.#beat());
	}

	#sendCounts(): void {
		this.#countedAt = this.#clock.now();
		this.#send(this.#engine.counts());
	}
}
