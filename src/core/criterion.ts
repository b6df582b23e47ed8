import type { Facts } from './facts.ts';

/** A row as a criterion may look at it once its body was decoded. Decoding is done once per row, when first needed. */
export type Decoded = {
	readonly kind: 'event' | 'sensor';
	readonly source: string;
	readonly format: string;
	readonly severity: number;
	/** Nanoseconds since the epoch. */
	readonly time: bigint;
	readonly tag: string;
	/** Whether the tag came from the transport (a NATS subject), not from the format. */
	readonly isTransportTag: boolean;
	/** The body's bytes, the log's own: read while testing, never kept. */
	readonly body: Uint8Array;
	readonly data: unknown;
	/** The format's flat fields; undefined where it has none. */
	readonly fields: Readonly<Record<string, unknown>> | undefined;
	readonly facts: Facts;
};

/**
 * Bytes a row cannot match without. The bits set in `mask` do not count, so that capitals are found with their small
 * letters; they are set in `bytes` too.
 */
export type Needle = { readonly bytes: Uint8Array; readonly mask?: Uint8Array };

/** A member that a row cannot match without, where its body is JSON. */
export type Member = {
	/** The end of its key with the closing quote, spelled letter by letter. */
	readonly nameEnd: Uint8Array;
	/** Whether the value behind the closing quote at `at` may be one that matches; false only where it cannot. */
	mayHold(bytes: Buffer, at: number, end: number): boolean;
};

/**
 * A compiled filter, as data the log evaluates: cheap tests first, each tag once, a body decoded only where
 * nothing cheaper decides. `filter` makes it, `log` runs it; neither knows the other.
 */
export type Criterion =
	| { readonly kind: 'all' }
	| { readonly kind: 'none' }
	| { readonly kind: 'and'; readonly parts: readonly Criterion[] }
	| { readonly kind: 'or'; readonly parts: readonly Criterion[] }
	| { readonly kind: 'not'; readonly part: Criterion }
	/** Tested once per distinct source or format name. */
	| { readonly kind: 'source'; test(name: string): boolean }
	| { readonly kind: 'format'; test(id: string): boolean }
	/** Row kinds: `kind:gap`. */
	| { readonly kind: 'row'; test(kind: 'event' | 'gap' | 'broken' | 'sensor'): boolean }
	| { readonly kind: 'severity'; test(rank: number): boolean }
	/** From and until in nanoseconds since the epoch, both inclusive; on the event's own time. */
	| { readonly kind: 'time'; readonly from?: bigint; readonly until?: bigint }
	/** Tested once per distinct tag; with `transportOnly`, a tag that a format made fails it. */
	| { readonly kind: 'tag'; readonly transportOnly: boolean; test(tag: string): boolean }
	/** Tested once per distinct host that `peek` found; where it found none, on the decoded facts' host. */
	| { readonly kind: 'host'; test(host: string): boolean }
	/** A substring of tag or body, by bytes. */
	| ({ readonly kind: 'literal' } & Needle)
	/** A test of the tag's and the body's text, each alone. What it matches holds the literal in its tag or body. */
	| { readonly kind: 'text'; readonly literal?: Needle; test(text: string): boolean }
	/**
	 * A test of decoded data. What it matches holds the literal in its tag or body, or holds `\u` in its body:
	 * JSON may spell any letter by its number. Numbers give no literal, msgpack writes them in binary. A body that
	 * begins with a byte below 0x80 is JSON or text: what matches in one has the member too, or holds `\u`.
	 */
	| {
			readonly kind: 'decoded';
			readonly literal?: Needle;
			readonly member?: Member;
			test(event: Decoded): boolean;
	  };

/** A compiled filter as the engine takes it. */
export type CompiledFilter = {
	/** The canonical print: equal texts are equal filters. */
	readonly text: string;
	/** For events and sensors. */
	readonly criterion: Criterion;
	/**
	 * For gaps and bytes nobody could read: the same filter, asked only what such a row can answer (source, format,
	 * kind, time). What it cannot answer never hides it, so this holds no other kinds of test.
	 */
	readonly forGaps: Criterion;
};
