import type { Facts } from './facts.ts';

/** A row as a criterion may look at it once its body was decoded. Decoding is done once per row, when first needed. */
export type Decoded = {
	readonly source: string;
	readonly format: string;
	readonly severity: number;
	/** Nanoseconds since the epoch. */
	readonly time: bigint;
	readonly tag: string;
	/** Whether the tag came from the transport (a NATS subject), not from the format. */
	readonly isTransportTag: boolean;
	readonly data: unknown;
	/** The format's flat fields; undefined where it has none. */
	readonly fields: Readonly<Record<string, unknown>> | undefined;
	readonly facts: Facts;
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
	/** A substring of tag or body, by bytes; `foldCase` ignores the case of ASCII letters (the bytes come lower-cased), and of others where cheap. */
	| { readonly kind: 'literal'; readonly bytes: Uint8Array; readonly foldCase: boolean }
	/** A test of the tag's and the body's text, each alone: a regex. A literal that must occur in either narrows the scan. */
	| {
			readonly kind: 'text';
			readonly literal?: { readonly bytes: Uint8Array; readonly foldCase: boolean };
			test(text: string): boolean;
	  }
	/** A test of decoded data. A literal that must occur in tag or body of a match narrows the scan; formats whose bytes may spell it otherwise pass no literal. */
	| {
			readonly kind: 'decoded';
			readonly literal?: { readonly bytes: Uint8Array; readonly foldCase: boolean };
			test(event: Decoded): boolean;
	  };

/** A filter as the engine takes it. `text` is its canonical print: equal texts are equal filters. */
export type CompiledFilter = { readonly text: string; readonly criterion: Criterion };
