import type { Clock } from '../core/clock.ts';
import type { FireOptions, Outgoing, Receipt } from '../core/connector.ts';
import type { Criterion } from '../core/criterion.ts';
import { Failure } from '../core/errors.ts';
import type { Format } from '../core/format.ts';
import type { Link } from '../core/link.ts';
import type { Counts, FromEngine, TagCount } from '../core/session.ts';
import { ownKeys } from '../formats/own-keys.ts';
import { EventLog, type LogLimits } from '../log/event-log.ts';
import { Kept } from '../log/kept.ts';
import { Arrival } from './arrival.ts';
import { Decoder } from './decoder.ts';
import type { Desk } from './desk.ts';
import { Indexer } from './indexer.ts';
import { Ingest } from './ingest.ts';
import { Session } from './session.ts';
import { Source, type SourceSetup } from './source.ts';
import { Strainer } from './strainer.ts';
import { TagShapes } from './tag-shapes.ts';
import { tagsLike } from './tags-like.ts';

export type EngineSetup = {
	readonly sources: readonly SourceSetup[];
	readonly formats: readonly Format[];
	readonly limits: LogLimits;
	readonly clock: Clock;
	/** What is kept at all, where not everything is. */
	readonly only?: Criterion | undefined;
};

/** How many completions a prompt is offered. */
const maxTags = 50;
const critical = 2;
/** How many rows of plans are kept at most. */
const maxCited = 1000;

/**
 * The log, its sources and whoever looks at them. It owns; a console asks. The same code runs beside the screen
 * in a worker and alone in the main thread.
 */
export class Engine {
	readonly log: EventLog;
	readonly decoder: Decoder;
	readonly kept: Kept;
	readonly tagShapes = new TagShapes();
	/** Is told once per turn of the event loop in which rows, links or drops came. */
	onChange: () => void = () => {};
	#isStarted = false;
	#hasChanged = false;
	#sources: readonly Source[];
	readonly #sessions = new Set<Session>();
	#desk: Desk | undefined;
	/** Whoever waits for the next change. */
	readonly #waiting = new Set<() => void>();
	readonly #indexer: Indexer;
	readonly #strainer: Strainer | undefined;
	readonly #arrival: Arrival;
	readonly #clock: Clock;
	readonly #stop = new AbortController();
	/** The critical rows of the ring that have been on a screen. */
	readonly #seen = new Set<number>();
	/** Rows of the window on the screen: kept while it stands still. */
	#shown: readonly number[] = [];
	/** Rows that plans rest on, the newest last. */
	#cited: readonly number[] = [];
	#isCited: ReadonlySet<number> = new Set();
	#marked: readonly number[] = [];

	constructor({ sources, formats, limits, clock, only }: EngineSetup) {
		this.#clock = clock;
		this.#arrival = new Arrival(clock);
		this.log = new EventLog(limits);
		this.#indexer = new Indexer(this.log, formats);
		this.kept = new Kept();
		this.log.onFall = (slab) => this.kept.beforeFall(slab, (seq) => this.#seen.delete(seq));
		this.decoder = new Decoder(this.log, formats);
		this.#strainer = only && new Strainer({ only, formats, clock });
		this.#sources = sources.map((setup) => this.#source(setup));
	}

	/** Opens all sources, once; none is waited for. */
	start(): void {
		if (this.#isStarted) return;
		this.#isStarted = true;
		for (const source of this.#sources) source.open();
	}

	/** Resolves when every run has ended and every connector has closed what it opened. */
	async stop(): Promise<void> {
		await this.#desk?.stop();
		this.#stop.abort();
		for (const session of this.#sessions) session.close();
		this.#sessions.clear();
		await Promise.all(this.#sources.map((source) => source.close()));
	}

	/** Resolves when every source has ended by itself: files read to their end, commands done. */
	get ended(): Promise<void> {
		return Promise.all(this.#sources.map((source) => source.closed)).then(() => {});
	}

	/** Whether every source has found its bus or said why not, and has read what the bus had kept. */
	get isSettled(): boolean {
		return this.#links.every(({ kind }) => kind !== 'connecting' && kind !== 'catching-up');
	}

	/** Why sources are not attached that still try to be. */
	get reasons(): string[] {
		return this.#links.flatMap((link) => (link.kind === 'waiting' ? [link.reason] : []));
	}

	/** What ended sources for good, other than their end. */
	get failures(): unknown[] {
		return this.#sources.flatMap((source) =>
			source.failure === undefined ? [] : [source.failure],
		);
	}

	connect(send: (message: FromEngine) => void): Session {
		const session = new Session(this, this.#clock, send);
		this.#sessions.add(session);
		if (this.#desk) session.attend(this.#desk);
		return session;
	}

	/** Seats the desk where rules, approvals and runs are dealt with: before all consoles, and those still to come. */
	async open(desk: Desk): Promise<void> {
		await desk.start();
		this.#desk = desk;
		for (const session of this.#sessions) session.attend(desk);
		desk.arrived();
	}

	/** Resolves when the next row, link or drop came, or when `stop` aborts. */
	change(stop: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const wake = () => {
				this.#waiting.delete(wake);
				stop.removeEventListener('abort', wake);
				resolve();
			};
			this.#waiting.add(wake);
			stop.addEventListener('abort', wake, { once: true });
			if (stop.aborted) wake();
		});
	}

	/** Resolves with what is known of it; rejects with a Failure where nobody took it. */
	async fire(name: string, events: readonly Outgoing[], options: FireOptions): Promise<Receipt> {
		return this.#named(name).fire(events, options, this.#stop.signal);
	}

	/** The kind of a source's bus: `salt`. Throws a Failure for a name that is none. */
	kindOf(name: string): string {
		return this.#named(name).setup.connector.kind;
	}

	/** The format that a source's events have, where they all have one. */
	formatOf(name: string): string | undefined {
		const [format, another] = this.#named(name).setup.connector.formats;
		return another === undefined ? format : undefined;
	}

	/** Attaches to one more bus, whose rows bear its name. */
	openSource(setup: SourceSetup): void {
		this.#add(this.#source(setup));
	}

	/** Leaves a source's bus for where its settings now lead; what came between is a gap. */
	async reopenSource(setup: SourceSetup): Promise<void> {
		const from = this.#clock.now();
		await this.closeSource(setup.name);
		const source = this.#source(setup);
		source.ingest.gap({ from, to: this.#clock.now(), cause: 'its settings were changed' });
		this.#add(source);
	}

	/** Leaves a bus; its rows stay. Resolves when its connector has closed what it opened. */
	async closeSource(name: string): Promise<void> {
		const source = this.#named(name);
		this.#sources = this.#sources.filter((other) => other !== source);
		await source.close();
		this.#changed();
	}

	pauseSource(name: string, isPaused: boolean): void {
		void this.#named(name).pause(isPaused);
	}

	reconnectSource(name: string): void {
		void this.#named(name).reconnect();
	}

	/** Rows the operator holds on to. */
	mark(seqs: readonly number[]): void {
		this.#marked = seqs;
		this.#hold();
	}

	/** Rows that a plan rests on: they outlive the ring. */
	cite(seqs: readonly number[]): void {
		this.#cited = [...this.#cited, ...seqs].slice(-maxCited);
		this.#isCited = new Set(this.#cited);
		this.#hold();
	}

	/** The rows on the screen; kept while `isStill`, since arrivals may push them out of the ring. */
	show(seqs: readonly number[], isStill: boolean): void {
		for (const seq of seqs) if (this.#isCritical(seq)) this.#seen.add(seq);
		this.#shown = isStill ? seqs : [];
		this.#hold();
	}

	/** Tags in the buffer that hold `part`, the most frequent first. */
	tagsLike(part: string, source?: string): TagCount[] {
		return tagsLike(this.log, part, source).slice(0, maxTags);
	}

	counts(): Counts {
		const at = this.#clock.now();
		const sources = this.#sources.map((source) => source.state(Math.floor(at / 1000)));
		return {
			type: 'counts',
			at,
			held: this.log.held,
			capacity: this.log.capacity,
			fallen: this.log.fallen,
			unkept: this.kept.refused,
			dropped: sources.reduce((sum, source) => sum + source.dropped, 0),
			rate: sources.reduce((sum, source) => sum + source.rate, 0),
			sources,
		};
	}

	#add(source: Source): void {
		this.#sources = [...this.#sources, source];
		source.open();
	}

	get #links(): Link[] {
		return this.#sources.map(({ ingest }) => ingest.tally.link);
	}

	#source(setup: SourceSetup): Source {
		const { connector, name } = setup;
		const keys = setup.keys && ownKeys(setup.keys);
		this.decoder.useKeys(name, keys);
		const ingest = new Ingest(
			{
				log: this.log,
				arrival: this.#arrival,
				register: (row, tally, format) =>
					this.#indexer.register(row, tally, format ? [format] : connector.formats, keys),
				onChange: this.#changed,
			},
			name,
		);
		const sink = this.#strainer?.before(ingest, name, connector.formats, keys);
		return new Source(setup, ingest, this.#clock, sink);
	}

	/** Called per event: all it costs is a look at a flag. */
	readonly #changed = (): void => {
		if (this.#hasChanged) return;
		this.#hasChanged = true;
		setImmediate(() => {
			this.#hasChanged = false;
			for (const session of this.#sessions) session.touch();
			this.#desk?.arrived();
			for (const wake of [...this.#waiting]) wake();
			this.onChange();
		});
	};

	#named(name: string): Source {
		const source = this.#sources.find(({ setup }) => setup.name === name);
		if (source) return source;
		const names = this.#sources.map(({ setup }) => setup.name).join(', ');
		throw new Failure('usage', `no source is called ${name}: there are ${names}`);
	}

	/** Whether a plan rests on a row. */
	isCited(seq: number): boolean {
		return this.#isCited.has(seq);
	}

	#isCritical(seq: number): boolean {
		const place = this.log.place(seq);
		return place !== undefined && (place.slab.severities[place.row] ?? 8) <= critical;
	}

	#hold(): void {
		this.kept.hold([...this.#shown, ...this.#marked, ...this.#cited]);
	}
}
