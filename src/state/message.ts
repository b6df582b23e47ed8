import type { JsonObject } from '../core/plan.ts';
import type { RespondToEngine } from '../core/respond-session.ts';
import type { FromEngine } from '../core/session.ts';
import type { Stroke } from '../core/stroke.ts';
import type { Edit } from './field.ts';
import type { FireStop } from './fire-state.ts';
import type { ScreenName, Size } from './model.ts';
import type { NoticeTone } from './notice.ts';
import type { ReadingLine } from './overlay.ts';
import type { About, PromptKind } from './prompt-state.ts';
import type { SavedView } from './saved-view.ts';

type FromOutside =
	| FromEngine
	/** Milliseconds since the epoch. */
	| { readonly type: 'time.passed'; readonly now: number }
	| { readonly type: 'resized'; readonly size: Size }
	/** The layout gave the list, the detail pane so many lines. */
	| { readonly type: 'list.sized'; readonly height: number }
	| { readonly type: 'detail.sized'; readonly height: number }
	/** A frame with this card, see `gazeKey`, is on the terminal since `at`; milliseconds since the epoch. */
	| {
			readonly type: 'card.shown';
			readonly key: string;
			readonly isWhole: boolean;
			readonly at: number;
	  }
	/** The whole card is so long that line `lastTop` may be its first on the screen. */
	| { readonly type: 'card.sized'; readonly lastTop: number }
	/** A hand is felt, or the terminal tells that it gained or lost the focus. */
	| { readonly type: 'attended'; readonly focus?: 'gained' | 'lost' }
	/** How many windows a second the terminal takes. */
	| { readonly type: 'terminal.paced'; readonly windowsPerSecond: number }
	| { readonly type: 'noticed'; readonly tone: NoticeTone; readonly text: string };

type Moved =
	/** In whatever has the focus. */
	| { readonly type: 'cursor.moved'; readonly by: number }
	/** `by` counts pages: 0.5 is half a page down. */
	| { readonly type: 'cursor.paged'; readonly by: number }
	| { readonly type: 'cursor.sent'; readonly to: 'first' | 'last' }
	/** The event before or after, also while the focus is in its details. */
	| { readonly type: 'event.stepped'; readonly by: number }
	| { readonly type: 'list.paused' }
	| { readonly type: 'list.followed' }
	| { readonly type: 'event.jumped'; readonly seq: number }
	| {
			readonly type: 'row.sought';
			readonly filter: string;
			readonly from: number;
			readonly towards: 'older' | 'newer';
			readonly retry?: 'older' | 'newer';
			readonly what: string;
	  }
	| { readonly type: 'repeats.folded' }
	| { readonly type: 'tags.toggled' }
	/** The line under the hand of the tag tree. */
	| { readonly type: 'tag.folded'; readonly isFolded: boolean }
	| { readonly type: 'facet.stepped'; readonly by: 1 | -1 }
	| { readonly type: 'cell.picked'; readonly by: number }
	| { readonly type: 'event.marked'; readonly seq: number }
	| { readonly type: 'events.marked'; readonly seqs: readonly number[] };

type Filtered =
	| { readonly type: 'filter.changed'; readonly text: string }
	/** Bars a step shorter (-1) or longer. */
	| { readonly type: 'bucket.changed'; readonly by: 1 | -1 }
	| { readonly type: 'views.wanted' }
	| { readonly type: 'views'; readonly views: readonly SavedView[] }
	| { readonly type: 'view.taken' | 'view.saved'; readonly view: SavedView }
	| { readonly type: 'filter.toggled' }
	| { readonly type: 'filter.went'; readonly to: 'back' | 'forth' }
	/** From now on `n N` go to what matches this filter. */
	| { readonly type: 'find.changed'; readonly filter: string };

type Inspected =
	| { readonly type: 'detail.wanted'; readonly seq: number }
	| { readonly type: 'detail.closed' }
	| { readonly type: 'detail.viewed'; readonly by: number }
	| { readonly type: 'detail.wrapped' }
	| { readonly type: 'fold.set'; readonly fold: string; readonly isFolded: boolean }
	| { readonly type: 'text.copied'; readonly text: string; readonly what: string }
	| { readonly type: 'text.paged'; readonly title: string; readonly text: string };

type Typed =
	| {
			readonly type: 'prompt.opened';
			readonly kind: PromptKind;
			readonly text: string;
			readonly about?: About;
	  }
	| { readonly type: 'help.opened' }
	/** The text of the innermost field changed under the operator's hand. */
	| { readonly type: 'field.typed'; readonly edit: Edit }
	| { readonly type: 'field.recalled'; readonly by: 1 | -1 }
	| { readonly type: 'field.searched' }
	/** The editor came back with this text. */
	| { readonly type: 'field.edited'; readonly text: string }
	| { readonly type: 'editor.wanted' }
	| { readonly type: 'completion.picked'; readonly by: number }
	| { readonly type: 'completion.taken' }
	| { readonly type: 'completion.closed' }
	/** Enter: the prompt's text is kept and joins its history. */
	| { readonly type: 'prompt.kept' }
	/** Esc: everything is as before it opened. */
	| { readonly type: 'overlay.closed' };

type Fired =
	| { readonly type: 'fire.opened' }
	/** The fields are left with this in them: what would it wake? */
	| { readonly type: 'fire.weighed'; readonly tag: string; readonly data: unknown }
	| { readonly type: 'fire.moved'; readonly to: FireStop }
	| { readonly type: 'fire.aimed'; readonly source: string; readonly forward: boolean }
	| { readonly type: 'fire.sent'; readonly tag: string; readonly data: unknown };

type Responded =
	/** Sent as they are. */
	| Extract<RespondToEngine, { type: 'approved' | 'rejected' | 'snoozed' | 'settled' }>
	/** What came was no press a person meant: the card has to stand still anew. */
	| { readonly type: 'key.refused' }
	| { readonly type: 'card.chosen'; readonly approval: string }
	| { readonly type: 'dialog.opened'; readonly approval: string }
	| { readonly type: 'dialog.moved'; readonly by: 1 | -1 }
	| { readonly type: 'grace.hastened' }
	| { readonly type: 'grace.cancelled' }
	| { readonly type: 'terminal.lost' }
	| { readonly type: 'note.written'; readonly seqs: readonly number[]; readonly text: string }
	| { readonly type: 'silence.set'; readonly filter: string; readonly untilMs: number }
	| { readonly type: 'events.claimed'; readonly seqs: readonly number[] }
	| Extract<RespondToEngine, { type: 'taken-back' | 'run.stopped' | 'run.killed' }>
	| { readonly type: 'explanation.wanted'; readonly seq: number; readonly rule?: string }
	| { readonly type: 'backtest.started'; readonly rule: string }
	| { readonly type: 'run.followed' }
	| { readonly type: 'run.chosen'; readonly approval: string }
	| { readonly type: 'audit.filtered'; readonly text: string }
	| {
			readonly type: 'reading.opened';
			readonly title: string;
			readonly lines: readonly ReadingLine[];
	  }
	| { readonly type: 'menu.opened'; readonly seq: number }
	/** The offer with this letter, without a look at the others. */
	| { readonly type: 'offer.wanted'; readonly seq: number; readonly letter: string }
	/** A plan is wanted; `says` names it to the operator. */
	| { readonly type: 'deed.wanted'; readonly ask: DeedAsk; readonly says: string }
	| { readonly type: 'edit.opened'; readonly approval: string; readonly text: string }
	| { readonly type: 'edit.sent'; readonly approval: string; readonly params: JsonObject };

type DeedAsk =
	| { readonly type: 'deed.asked'; readonly action: string; readonly seq: number }
	| { readonly type: 'deed.asked'; readonly action: string; readonly params: JsonObject }
	| { readonly type: 'undo.asked'; readonly approval: string }
	| { readonly type: 'retry.asked'; readonly approval: string };

type Console =
	| { readonly type: 'screen.chosen'; readonly screen: ScreenName }
	| { readonly type: 'pane.changed' }
	| { readonly type: 'zoom.toggled' }
	| { readonly type: 'time.format.changed' }
	| { readonly type: 'strokes.held'; readonly strokes: readonly Stroke[] }
	| { readonly type: 'source.paused'; readonly source: string; readonly isPaused: boolean }
	| { readonly type: 'source.reconnected'; readonly source: string }
	| { readonly type: 'screen.disturbed' }
	| { readonly type: 'console.suspended' }
	| { readonly type: 'console.left'; readonly code: number };

/** A fact that happened: by the engine, the terminal or the operator's hand. */
export type Message =
	| FromOutside
	| Moved
	| Filtered
	| Inspected
	| Typed
	| Fired
	| Responded
	| Console;
