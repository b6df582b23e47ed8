import type { Outgoing } from '../core/connector.ts';
import type { DeedOffer, Mark } from '../core/respond-session.ts';
import type { Anchor, Counts, Opened, Row, TagCount, ToEngine, Window } from '../core/session.ts';
import type { Stroke } from '../core/stroke.ts';
import type { Tier } from '../core/tier.ts';
import type { DetailLine } from './detail-line.ts';
import type { Field } from './field.ts';
import type { ApprovalsState, AuditState, Gaze, RulesState, RunsState } from './respond.ts';

export type Size = { readonly columns: number; readonly rows: number };

/** Who looks at what, as the header says it; fixed for the console's life. */
export type Identity = {
	/** The configuration's name for where we are: `prod`. */
	readonly profile?: string;
	readonly operator: string;
	readonly host: string;
	readonly isReadOnly: boolean;
	/** Whether the engine keeps only what the filter lets through (`--only`). */
	readonly isOnly: boolean;
};

export const screenNames = ['live', 'approvals', 'runs', 'audit', 'rules', 'sources'] as const;
export type ScreenName = (typeof screenNames)[number];
type Pane = 'list' | 'detail';
export type TimeFormat = 'local' | 'utc' | 'relative';

/** The cells of a row that `+` and `-` can take a value from. */
export const cellNames = ['severity', 'source', 'who', 'tag'] as const;
export type CellName = (typeof cellNames)[number];

/** `'tail'` follows the newest; a number is the seq of an event, never a position. */
type Selection = 'tail' | number;

export type ListState = {
	/** The view's id: grows when the filter changes or the list jumps; windows of an older one are not shown. */
	readonly view: number;
	readonly selection: Selection;
	readonly anchor: Anchor;
	/** Lines still to move once the rows beyond the window are here. */
	readonly pending: number;
	/** Lines of the list's area, as the layout last gave them; 0 before it did, else at least 2. */
	readonly height: number;
	readonly window?: Window;
	/** When the list stopped following, milliseconds since the epoch, and the oldest seq held then. */
	readonly paused?: { readonly at: number; readonly oldest: number };
	/** The cell `h l` picked. */
	readonly cell: CellName;
	readonly marks: ReadonlySet<number>;
};

export type FilterState = {
	/** Kept while `isOff`, so that the same key brings it back. */
	readonly text: string;
	readonly isOff: boolean;
	/** What the open prompt would hide; absent when no prompt is open. */
	readonly preview?: string;
	readonly back: readonly string[];
	readonly forth: readonly string[];
};

/** A search for one row under way; the engine's `found` answers it. */
export type Seek = {
	readonly id: number;
	readonly filter: string;
	readonly from: number;
	readonly towards: 'older' | 'newer';
	/** Where to look when there is nothing towards that side. */
	readonly retry?: 'older' | 'newer';
	/** What is missing if nothing is found: `later error`. */
	readonly what: string;
};

export const detailModes = ['pretty', 'yaml', 'json', 'raw'] as const;
export type DetailMode = (typeof detailModes)[number];

export type DetailState = {
	/** The event in the pane; absent when it is closed. */
	readonly seq?: number;
	/** What the engine said about it; may still be the event before. */
	readonly opened?: Opened;
	readonly mode: DetailMode;
	readonly isWrapped: boolean;
	/** Folds the operator opened (false) or closed (true), by a line's `fold`. */
	readonly folds: ReadonlyMap<string, boolean>;
	/** The lines of `opened` in this mode with these folds. */
	readonly lines: readonly DetailLine[];
	readonly cursor: number;
	/** The first line shown. */
	readonly top: number;
	readonly height: number;
};

export type Completion = {
	/** What the field's text becomes, and where its cursor goes. */
	readonly text: string;
	readonly cursor: number;
	readonly label: string;
	/** How often it was seen. */
	readonly seen?: number;
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
	| 'audit';

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

type Deed = {
	readonly request: number;
	/** To be run once it is planned, or only shown. */
	readonly purpose: 'run' | 'show';
	/** Where it was asked for. */
	readonly screen: ScreenName;
	readonly approval?: string;
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

export const fireStops = ['tag', 'data', 'bus', 'buttons'] as const;
export type FireStop = (typeof fireStops)[number];

/** Tags that begin so, asked of the engine for a completion. */
type TagQuery = { readonly id: number; readonly prefix: string; readonly source?: string };

/** A fire that was sent and what became of it. */
type Firing = {
	readonly id: number;
	readonly source: string;
	readonly event: Outgoing;
	readonly forward: boolean;
	readonly answer?: { readonly tone: 'good' | 'warn' | 'bad'; readonly says: string };
};

type Waking = {
	readonly wakes: readonly { readonly says: string; readonly tier: Tier }[];
	readonly tier: Tier;
	/** What could not be looked at. */
	readonly unknown?: string;
};

/** The fire form's draft; it outlives the form. */
export type FireState = {
	readonly tag: Field;
	/** YAML or JSON. */
	readonly data: Field;
	/** The target bus: a source's name. */
	readonly source?: string;
	readonly forward: boolean;
	readonly at: FireStop;
	/** Tags seen that the typed one may become. */
	readonly completions: readonly TagCount[];
	readonly picked: number;
	/** What it would wake, asked for when the fields are left; `answer` once the engine knows. */
	readonly waking?: { readonly request: number; readonly answer?: Waking };
	readonly firing?: Firing;
};

export type NoticeTone = 'muted' | 'good' | 'warn' | 'bad';
export type Notice = {
	readonly tone: NoticeTone;
	/** May quote hostile text. */
	readonly text: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** A command that would go on from it; its key is the keymap's. */
	readonly offer?: NoticeOffer;
};
export type NoticeOffer = { readonly command: string; readonly says: string };

/** The fields that remember what was typed into them. */
export const historyNames = [
	'filter',
	'find',
	'time',
	'palette',
	'tag',
	'data',
	'reject',
	'note',
	'silence',
	'settle',
	'audit',
] as const;
export type HistoryName = (typeof historyNames)[number];
/** Oldest first. */
export type Histories = Readonly<Record<HistoryName, readonly string[]>>;

/** Everything the console knows. Only `update` makes a new one. */
export type Model = {
	/** Milliseconds since the epoch, as last told: at least once a second. */
	readonly now: number;
	readonly startedAt: number;
	readonly size: Size;
	readonly isAscii: boolean;
	readonly identity: Identity;
	readonly screen: ScreenName;
	readonly pane: Pane;
	readonly isZoomed: boolean;
	readonly timeFormat: TimeFormat;
	/** Innermost last. */
	readonly overlays: readonly Overlay[];
	/** Strokes of a group begun and not yet ended: the hint line shows what may follow. */
	readonly strokes: readonly Stroke[];
	readonly counts?: Counts;
	readonly list: ListState;
	readonly filter: FilterState;
	/** What `n N` look for: a filter. */
	readonly find?: string;
	readonly seek?: Seek;
	readonly tagQuery?: TagQuery;
	readonly detail: DetailState;
	/** The source the cursor is on, by name. */
	readonly source?: string;
	readonly fire: FireState;
	readonly approvals: ApprovalsState;
	readonly runs: RunsState;
	readonly audit: AuditState;
	readonly rules: RulesState;
	readonly marks: readonly Mark[];
	readonly gaze?: Gaze;
	/** A plan asked for by the operator's own key; `approval` once it is proposed. */
	readonly deed?: Deed;
	/** Offers asked for in order to take the one with this letter. */
	readonly direct?: { readonly request: number; readonly seq: number; readonly letter: string };
	/** The reason typed into a dialog that was left. */
	readonly draft?: { readonly approval: string; readonly reason: Field };
	/** Newest last, at most 50. */
	readonly notices: readonly Notice[];
	readonly histories: Histories;
	/** What the palette offers. */
	readonly offers: readonly Offer[];
	/** The last id given to a request. */
	readonly requests: number;
	/** What this very message made the console ask of the engine. */
	readonly outbox: readonly ToEngine[];
	/** The engine said it ended. */
	readonly isOver: boolean;
};
