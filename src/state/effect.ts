import type { ToEngine } from '../core/session.ts';
import type { AlertKind } from './attention.ts';
import type { HistoryName } from './history.ts';
import type { SavedView } from './saved-view.ts';

/** What the console asks of the outside, as data. */
export type Effect =
	| { readonly type: 'engine'; readonly message: ToEngine }
	| { readonly type: 'exit'; readonly code: number }
	| { readonly type: 'suspend' }
	/** Paints every cell anew. */
	| { readonly type: 'repaint' }
	/** `text` still holds what the sender wrote: the runner escapes it for files. */
	| { readonly type: 'pager'; readonly title: string; readonly text: string }
	/** `what` names it to the operator: `the tag`. */
	| { readonly type: 'copy'; readonly text: string; readonly what: string }
	/** Calls an operator who looks elsewhere. */
	| { readonly type: 'alert'; readonly kind: AlertKind }
	/** Answered by `views`. */
	| { readonly type: 'views' }
	| { readonly type: 'view.saved'; readonly view: SavedView }
	/** Answered by `field.edited`. */
	| { readonly type: 'edit'; readonly text: string; readonly extension: 'txt' | 'yaml' }
	| {
			readonly type: 'history.saved';
			readonly name: HistoryName;
			readonly entries: readonly string[];
	  }
	/** The filter a next start begins with. */
	| { readonly type: 'filter.saved'; readonly text: string };
