import { briefHeight, lastTopOf } from '../src/present/card/card-lines.ts';
import { dialogParts } from '../src/present/dialog-lines.ts';
import { graceRows } from '../src/present/grace-lines.ts';
import {
	type Area,
	hasRoomForTags,
	type Layout,
	layout,
	type Wishes,
} from '../src/present/layout.ts';
import { promptRows } from '../src/present/prompt-lines.ts';
import { queueParts } from '../src/present/queue-lines.ts';
import { approvalOf } from '../src/state/card.ts';
import { isDetailOpen, topOverlay } from '../src/state/contexts.ts';
import type { Model } from '../src/state/model.ts';
import type { Store } from '../src/state/store.ts';
import { briefFacts, cardFacts } from './card-facts.ts';

/** Where everything stands on the live screen now. */
export function layoutOf(model: Model): Layout {
	const { size } = model;
	const wishes = {
		detail: detailWish(model),
		filterRows: filterRows(model),
		card: cardWish(model),
		tags: tagsWish(model),
	};
	return layout(size, wishes);
}

/** Whether the details want room, and whether all of it. */
export function detailWish(model: Model): Wishes['detail'] {
	if (!isDetailOpen(model)) return 'closed';
	if (!model.isZoomed) return 'open';
	return model.pane === 'detail' ? 'zoomed' : 'closed';
}

/** Where the tag tree wants to be; where it has no room beside the list it is there while the hand is in it. */
export function tagsWish(model: Model): Wishes['tags'] {
	if (!model.tags.isOpen || model.screen !== 'live') return 'closed';
	if (hasRoomForTags(model.size)) return 'beside';
	return model.pane === 'tags' ? 'instead' : 'closed';
}

/** How many rows the filter, or what is typed in its place, takes. */
export function filterRows(model: Model): number {
	const overlay = topOverlay(model);
	return overlay?.kind === 'prompt' ? promptRows(overlay.prompt.kind, model.size.rows) : 1;
}

/** How many rows the card under the live list takes; 0 where there is none. */
export function cardWish(model: Model): number {
	if (model.screen !== 'live') return 0;
	const approval = approvalOf(model, model.approvals.card);
	return approval ? briefHeight(briefFacts(model, approval), model.size.columns) : 0;
}

/** The whole card is scrolled no further than to its end. */
function keepTop(store: Store): void {
	const model = store.getModel();
	const { selected, top } = model.approvals;
	const approval = approvalOf(model, selected);
	if (top === 0 || !approval || !model.isZoomed) return;
	const lastTop = lastTopOf(cardFacts(model, approval), layoutOf(model).belowFilter);
	if (top > lastTop) store.dispatch({ type: 'card.sized', lastTop });
}

/** Tells the model, now and after each change, how many lines its list and its details have. The returned function ends that. */
export function keepSizes(store: Store): () => void {
	const tell = () => {
		const { list, detail } = store.getModel();
		const areas = layoutOf(store.getModel());
		const listHeight = Math.max(0, areas.events.rows - 1);
		const detailHeight = Math.max(0, (areas.detail?.rows ?? 0) - 2);
		if (listHeight !== list.height) store.dispatch({ type: 'list.sized', height: listHeight });
		else if (detailHeight !== detail.height)
			store.dispatch({ type: 'detail.sized', height: detailHeight });
		else keepTop(store);
	};
	const end = store.subscribe(tell);
	tell();
	return end;
}

/** Where the whole card stands: in the queue's lower part, under a grace bar, in a dialog; undefined where the brief one does. */
export function cardArea(model: Model): Area | undefined {
	const { body, belowFilter } = layoutOf(model);
	const kind = topOverlay(model)?.kind;
	if (kind === 'grace') return { ...body, rows: body.rows - graceRows };
	if (kind === 'dialog') return dialogParts(body).card;
	if (model.screen !== 'approvals' || kind !== undefined) return undefined;
	return model.isZoomed ? belowFilter : queueParts(belowFilter, model.approvals.queue.length).card;
}
