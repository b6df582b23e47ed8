/** Where a part stands in the text: from `start`, up to but not including `end`. */
type Span = { readonly start: number; readonly end: number };

export const operators = [':', '=', '!=', '<=', '<', '>=', '>', '~'] as const;
export type Operator = (typeof operators)[number];

/** A value as it was meant, its quotes and escapes read. */
export type Value = { readonly text: string } & Span;

export type Field = {
	readonly kind: 'field';
	/** As written: `rc`, `data.return.*.result`, `["a.b"].c`. */
	readonly key: string;
	readonly operator: Operator;
	/** At least one; any of them will do. */
	readonly values: readonly Value[];
} & Span;

/**
 * A filter as read. Normal form, kept by parse: `and` and `or` have at least two parts, none of their own kind.
 * Only a whole filter is `all` (nothing was asked) or `cel`.
 */
export type Filter =
	| ({ readonly kind: 'all' } & Span)
	/** A substring of tag or body: a word or a quoted phrase. */
	| ({ readonly kind: 'text'; readonly text: string } & Span)
	/** The source of a regular expression, without its slashes. */
	| ({ readonly kind: 'regex'; readonly source: string } & Span)
	| Field
	| ({ readonly kind: 'not'; readonly part: Filter } & Span)
	| ({ readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] } & Span)
	| ({ readonly kind: 'cel'; readonly source: string } & Span);

/** The most characters of a filter. */
export const maxLength = 4096;
/** How deep parentheses and negations may nest. */
export const maxDepth = 64;
