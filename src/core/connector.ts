import type { Cuts } from './cuts.ts';
import type { Gap } from './gap.ts';
import type { Link } from './link.ts';

/** Where a connector pushes. Nothing it is given is kept: all is copied before it returns. */
export type Sink = {
	/** `at`: nanoseconds since the epoch, where the transport kept the time of arrival (JetStream, a recording). */
	event(tag: Uint8Array, body: Uint8Array, at?: bigint): void;
	/** `event` with tag and body as bounds within one buffer, so that a connector allocates nothing per event. */
	cut(
		bytes: Uint8Array,
		tagStart: number,
		tagEnd: number,
		bodyStart: number,
		bodyEnd: number,
	): void;
	/** The hot path: `cut` for all events of one read, copied in one piece. Absent: each is cut by itself. */
	cuts?(cuts: Cuts): void;
	/** Bytes that could not be cut or read: a row, never a silence. */
	broken(bytes: Uint8Array, reason: string): void;
	gap(gap: Gap): void;
	link(link: Link): void;
	/** Events dropped on our side before they could be pushed. */
	dropped(count: number): void;
	/**
	 * Where a recording pushes what another source once sent: rows show that source's name, and the format it had
	 * then. Absent where rows of other sources have no place.
	 */
	from?(source: string, format: string): Sink;
};

/** An event to be fired. */
export type Outgoing = { readonly tag: string; readonly data: unknown };

export type FireOptions = {
	/** Salt's minion bus only: hand it to the master through the minion's own channel. */
	readonly forward?: boolean;
};

/** What is known after a fire: never more than the bus said. */
export type Receipt = {
	readonly confirmed: boolean;
	/** One sentence for the operator: `seen again on the master bus (length-prefixed frames)`. */
	readonly says: string;
};

/** What discovery may look at. */
export type Environment = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdinIsPiped: boolean;
	/** The text of a file, or undefined where it is absent or may not be read. */
	read(path: string): Promise<string | undefined>;
	/** The names in a folder, or undefined where it is absent or may not be read. */
	list(path: string): Promise<readonly string[] | undefined>;
	exists(path: string): Promise<boolean>;
};

/** A source found without config: its name, and what the connector's own `parse` would take. */
export type Found = { readonly name: string; readonly raw: Readonly<Record<string, unknown>> };

/** How bytes arrive. Pushes; never allocates per event on its hot path; never parses a body. */
export type Connector<Settings = unknown> = {
	readonly kind: string;
	readonly title: string;
	/** Formats its events may have, by id; one alone is certain, several or none are recognised per message. */
	readonly formats: readonly string[];
	/** What `-s KIND:REST?query` means, as raw settings for `parse`; throws a Failure on what it cannot mean. */
	fromText(rest: string, query: ReadonlyMap<string, string>): Readonly<Record<string, unknown>>;
	/** Settings checked; errors are sentences. `raw` holds no `kind`. */
	parse(raw: unknown): Settings;
	/** Reads what the settings point to, and connects to nothing; throws a Failure for what cannot be used. */
	check?(settings: Settings, world: Pick<Environment, 'env' | 'read'>): Promise<void>;
	/** Runs until `stop` aborts; reconnects by itself; reports every state and every gap; resolves when all is closed. */
	open(settings: Settings, sink: Sink, stop: AbortSignal): Promise<void>;
	/** Present where the bus can be written to. Resolves when the bus took it, and says who will see it. */
	fire?(
		settings: Settings,
		events: readonly Outgoing[],
		options: FireOptions,
		stop: AbortSignal,
	): Promise<Receipt>;
	/** Whether what is fired can also be handed on to a master: Salt's minion bus. */
	forwards?(settings: Settings): boolean;
	discover?(environment: Environment): Promise<readonly Found[]>;
};
