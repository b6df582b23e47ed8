import { type Layout, layout, type Wishes } from '../src/present/layout.ts';
import { promptRows } from '../src/present/prompt-lines.ts';
import { isDetailOpen, topOverlay } from '../src/state/contexts.ts';
import type { Model } from '../src/state/model.ts';
import type { Store } from '../src/state/store.ts';

/** Where everything stands on the live screen now. */
function layoutOf(model: Model): Layout {
	return layout(model.size, { detail: detailWish(model), filterRows: filterRows(model) });
}

/** Whether the details want room, and whether all of it. */
export function detailWish(model: Model): Wishes['detail'] {
	if (!isDetailOpen(model)) return 'closed';
	if (!model.isZoomed) return 'open';
	return model.pane === 'detail' ? 'zoomed' : 'closed';
}

/** How many rows the filter, or what is typed in its place, takes. */
export function filterRows(model: Model): number {
	const overlay = topOverlay(model);
	return overlay?.kind === 'prompt' ? promptRows(overlay.prompt.kind, model.size.rows) : 1;
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
	};
	const end = store.subscribe(tell);
	tell();
	return end;
}
