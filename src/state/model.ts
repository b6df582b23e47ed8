import type { Mark } from '../core/respond-session.ts';
import type { Counts, ToEngine } from '../core/session.ts';
import type { Stroke } from '../core/stroke.ts';
import type { Attention } from './attention.ts';
import type { BarsState } from './bars-state.ts';
import type { DetailState } from './detail-state.ts';
import type { Field } from './field.ts';
import type { FilterState } from './filter-state.ts';
import type { FireState } from './fire-state.ts';
import type { Histories } from './history.ts';
import type { ListState, Seek } from './list-state.ts';
import type { Notice } from './notice.ts';
import type { Overlay } from './overlay.ts';
import type { Offer, TagQuery } from './prompt-state.ts';
import type { ApprovalsState, AuditState, Gaze, RulesState, RunsState } from './respond.ts';
import type { SavedView } from './saved-view.ts';
import type { TagsState } from './tags-state.ts';

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

type Pane = 'list' | 'detail' | 'tags';

export type TimeFormat = 'local' | 'utc' | 'relative';

type Deed = {
	readonly request: number;
	/** To be run once it is planned, or only shown. */
	readonly purpose: 'run' | 'show';
	/** Where it was asked for. */
	readonly screen: ScreenName;
	readonly approval?: string;
};

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
	readonly tags: TagsState;
	readonly bars: BarsState;
	/** As far as they were asked for. */
	readonly views: readonly SavedView[];
	readonly marks: readonly Mark[];
	readonly gaze?: Gaze;
	readonly attention: Attention;
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
