import type { DeedOffer } from '../core/respond-session.ts';
import type { Field } from './field.ts';
import type { Prompt } from './prompt-state.ts';

export type Overlay =
	| { readonly kind: 'prompt'; readonly prompt: Prompt }
	| { readonly kind: 'fire' }
	| { readonly kind: 'help'; readonly field: Field; readonly picked: number }
	/** A T2 the operator asked for: it runs when the card has stood for three seconds, unless a key stops it. */
	| ({ readonly kind: 'grace' } & Pinned)
	/** The last questions before what cannot be undone. */
	| ({ readonly kind: 'dialog' } & Pinned & DialogState)
	/** All actions that fit an event; without `offers` while they are asked for. */
	| {
			readonly kind: 'menu';
			readonly request: number;
			readonly seq: number;
			readonly offers?: readonly DeedOffer[];
	  }
	/** The parameters of a suggestion as YAML, to be planned anew. */
	| ({ readonly kind: 'edit'; readonly params: Field; readonly at: EditStop } & Pinned)
	/** Lines to read and to leave. */
	| {
			readonly kind: 'reading';
			readonly title: string;
			readonly lines: readonly ReadingLine[];
			readonly top: number;
			readonly request?: number;
	  };

/** A plan as it stood when the operator turned to it: another hash is another plan. */
type Pinned = { readonly approval: string; readonly contentHash: string };

export const dialogStops = ['reason', 'name', 'buttons'] as const;

type DialogStop = (typeof dialogStops)[number];

export const editStops = ['params', 'buttons'] as const;

type EditStop = (typeof editStops)[number];

export type ReadingLine = {
	/** May quote hostile text. */
	readonly text: string;
	readonly tone: 'plain' | 'muted' | 'good' | 'warn' | 'bad' | 'accent';
};

type DialogState = { readonly reason: Field; readonly name: Field; readonly at: DialogStop };
