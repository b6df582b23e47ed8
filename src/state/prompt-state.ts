import type { Row } from '../core/session.ts';
import type { Field } from './field.ts';

export type Completion = {
	/** What the field's text becomes, and where its cursor goes. */
	readonly text: string;
	readonly cursor: number;
	readonly label: string;
	/** How often it was seen. */
	readonly seen?: number;
	/** What it stands for. */
	readonly aside?: string;
};

/** A command as the palette lists it. */
export type Offer = { readonly id: string; readonly title: string };

export type PromptKind =
	| 'filter'
	| 'find'
	| 'time'
	| 'palette'
	| 'reject'
	| 'note'
	| 'silence'
	| 'settle'
	| 'audit'
	| 'view';

/** An approval, or events. */
export type About = { readonly approval: string } | { readonly seqs: readonly number[] };

export type Prompt = {
	readonly kind: PromptKind;
	readonly field: Field;
	/** What it is about, by id or seqs, as it was when the prompt opened. */
	readonly about?: About;
	/** Nothing was typed since it opened. */
	readonly isPristine: boolean;
	readonly completions: readonly Completion[];
	/** The line of the completions, or of the palette's matches, that is picked. */
	readonly picked: number;
	/** What is wrong with the text; `column` counts from 0. */
	readonly error?: { readonly text: string; readonly column?: number };
	/** How many rows matched when it opened, and those on screen: what the preview hides can still be completed. */
	readonly matchedBefore?: number;
	readonly rowsBefore: readonly Row[];
};

/** Tags that begin so, asked of the engine for a completion. */
export type TagQuery = { readonly id: number; readonly prefix: string; readonly source?: string };
