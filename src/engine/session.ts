import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Anchor, FromEngine, Opened, Row, ToEngine, Window } from '../core/session.ts';
import { compileFilter } from '../filter/compile.ts';
import { narrows } from '../filter/narrows.ts';
import { parseFilter } from '../filter/parse.ts';
import { Matcher } from '../log/matcher.ts';
import { View } from '../log/view.ts';
import type { Desk } from './desk.ts';
import type { Engine } from './engine.ts';
import type { RespondSession } from './respond-session.ts';
import { rowsAt } from './window.ts';

/** A slice of searching; in between, sockets are served. */
const sliceMs = 4;
const critical = 2;
const beatMs = 1000;
const countsMs = 250;

type Wanted = Extract<ToEngine, { type: 'view.wanted' }>;
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
	#wanted: Wanted | undefined;
	#view: View | undefined;
	#filterText = '';
	#windowsPerSecond = 10;
	#isPumping = false;
	/** A window that was asked for is owed, whole or with all there is. */
	#isAsked = false;
	/** Something that the window shows has changed. */
	#isStale = false;
	/** The seqs of the window on the screen. */
	#shown: readonly number[] = [];
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
		this.#view = undefined;
	}

	#want(wanted: Wanted): void {
		this.#wanted = wanted;
		if (!this.#view || wanted.filter !== this.#filterText) {
			this.#view = this.#viewOf(wanted.filter);
			this.#filterText = wanted.filter;
			this.#shown = [];
		}
		this.#isAsked = true;
		this.#run();
	}

	#viewOf(text: string): View {
		const { log, decoder } = this.#engine;
		const filter = compileFilter(text, this.#clock.now());
		const matcher = new Matcher(log, filter.criterion, filter.forGaps, decoder.decode);
		const isNarrower = narrows(parseFilter(this.#filterText), parseFilter(text));
		return new View(log, matcher, isNarrower ? this.#view : undefined);
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
		const view = this.#view;
		if (!view) return;
		const until = this.#clock.now() + sliceMs;
		const isComplete = view.advance(() => this.#clock.now() >= until);
		if (!isComplete) this.#pump();
		if (this.#isAsked && (isComplete || this.#isFull(view))) this.#sendWindow(view, isComplete);
		else if (this.#isStale || this.#isAsked || !isComplete) this.#sendInTime(view, isComplete);
	}

	/** Whether all rows of the window asked for are known, however much is still to be searched. */
	#isFull(view: View): boolean {
		return this.#rows(view).length >= (this.#wanted?.height ?? 0);
	}

	#rows(view: View): number[] {
		const { anchor, height } = this.#wanted ?? { anchor: 'tail' as Anchor, height: 0 };
		return rowsAt(view, anchor, height, this.#engine.log.next - 1);
	}

	/** At most so many windows a second; the last change is always told. */
	#sendInTime(view: View, isComplete: boolean): void {
		const due = this.#sentAt + 1000 / this.#windowsPerSecond;
		const now = this.#clock.now();
		if (now >= due) {
			this.#sendWindow(view, isComplete);
			return;
		}
		this.#cancelTimer();
		this.#cancelTimer = this.#clock.after(due - now, () => this.#run());
	}

	#sendWindow(view: View, isComplete: boolean): void {
		this.#cancelTimer();
		this.#isAsked = !isComplete && !this.#isFull(view);
		// What is still being looked for is owed, even where nothing arrives any more.
		this.#isStale = !isComplete;
		this.#sentAt = this.#clock.now();
		this.#send(this.#window(view, this.#rows(view), isComplete));
		if (this.#sentAt - this.#countedAt >= countsMs) this.#sendCounts();
	}

	#window(view: View, found: readonly number[], isComplete: boolean): Window {
		const { log } = this.#engine;
		const seqs = [...this.#outlived(), ...found];
		const first = seqs[0] ?? log.next;
		const last = seqs.at(-1) ?? log.next;
		const above = view.countBefore(first);
		const rows = seqs.map((seq) => this.#row(seq)).filter((row) => row !== undefined);
		this.#shown = seqs;
		this.#engine.show(seqs, this.#wanted?.anchor !== 'tail');
		return {
			type: 'window',
			view: this.#wanted?.id ?? 0,
			rows,
			above,
			below: Math.max(0, view.matched - above - seqs.length),
			criticalBelow: view.severeAfter(last, critical),
			matched: view.matched,
			isComplete,
			held: log.held,
			first: log.first,
		};
	}

	/** Rows of a window that stands still which have fallen out of the ring since it was first shown. */
	#outlived(): number[] {
		const { log, kept } = this.#engine;
		if (this.#wanted?.anchor === 'tail') return [];
		return this.#shown.filter((seq) => seq < log.first && kept.get(seq));
	}

	#row(seq: number): Row | undefined {
		const { log, kept, decoder } = this.#engine;
		const place = log.place(seq) ?? kept.get(seq);
		return place && decoder.row(place.slab, place.row);
	}

	#open(seq: number): Opened {
		const { log, kept, decoder } = this.#engine;
		const place = log.place(seq) ?? kept.get(seq);
		if (place) return decoder.open(place.slab, place.row);
		return { type: 'opened', seq, missing: 'it has fallen out of the buffer' };
	}

	/** Walks the view's own matches from `from`, a slice at a time, until one also matches. */
	#seek(sought: Sought): void {
		const view = this.#view;
		const { log, decoder } = this.#engine;
		const filter = compileFilter(sought.filter, this.#clock.now());
		const matcher = new Matcher(log, filter.criterion, filter.forGaps, decoder.decode);
		let at: number | undefined = sought.from;
		const slice = () => {
			if (view !== this.#view) at = undefined;
			const until = this.#clock.now() + sliceMs;
			while (this.#clock.now() < until) {
				at = at === undefined ? undefined : view?.neighbour(at, sought.towards);
				const place = at === undefined ? undefined : log.place(at);
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
