import type { Check } from '../core/block.ts';

/** A step into a decoded value: a key of a mapping or an index of a list. */
export type Path = readonly (string | number)[];

type LineTone = 'plain' | 'good' | 'warn' | 'bad' | 'muted';

type Foldable = {
	/** Names the line's fold across redraws; absent where there is nothing to fold. */
	readonly fold?: string;
	readonly isFolded?: boolean;
};

/** A line of a decoded value. Keys and values are the sender's, hence hostile. */
export type ValueLine = Foldable & {
	readonly kind: 'value';
	readonly depth: number;
	/** From the data's root, what `+` and `-` filter by; absent where the value is not the data's own. */
	readonly path?: Path;
	/** Absent at the root and for the items of a list; a number or bytes where the sender's keys are no text. */
	readonly key?: unknown;
	readonly isItem: boolean;
	readonly isLast: boolean;
	readonly value: unknown;
};

/** One line of the detail pane, before it is painted. */
export type DetailLine =
	| ValueLine
	/** JSON only: the bracket that ends the value opened `depth` steps in. */
	| {
			readonly kind: 'close';
			readonly depth: number;
			readonly bracket: ']' | '}';
			readonly isLast: boolean;
	  }
	| (Foldable & { readonly kind: 'check'; readonly check: Check })
	/** Checks that went well, folded into one line. */
	| (Foldable & { readonly kind: 'more'; readonly mark: Check['mark']; readonly count: number })
	| {
			readonly kind: 'heading';
			readonly text: string;
			readonly right?: string;
			readonly tone: LineTone;
	  }
	/** A row of a table: a name and what it is; its path where the data hold just that under that name. */
	| {
			readonly kind: 'pair';
			readonly key: string;
			readonly value: unknown;
			readonly path?: Path;
	  }
	| (Foldable & { readonly kind: 'label'; readonly label: string; readonly value: unknown })
	| { readonly kind: 'text'; readonly text: string; readonly tone: LineTone }
	/** Up to 16 of the body's bytes, as they came. */
	| { readonly kind: 'raw'; readonly offset: number; readonly bytes: Uint8Array }
	| { readonly kind: 'blank' };
