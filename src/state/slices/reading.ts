import { topOverlay } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { Overlay } from '../overlay.ts';

/** Lines that lie over the screen to be read. */
export function reading(model: Model, message: Message): Model {
	if (message.type === 'reading.opened') {
		const { title, lines } = message;
		return { ...model, overlays: [...model.overlays, { kind: 'reading', title, lines, top: 0 }] };
	}
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'reading') return model;
	const half = Math.floor(model.size.rows / 2);
	switch (message.type) {
		case 'cursor.moved':
			return scrolled(model, overlay, overlay.top + message.by);
		case 'cursor.paged':
			return scrolled(model, overlay, overlay.top + Math.trunc(message.by * 2 * half));
		case 'cursor.sent':
			return scrolled(model, overlay, message.to === 'first' ? 0 : overlay.lines.length);
		default:
			return model;
	}
}

function scrolled(model: Model, overlay: Extract<Overlay, { kind: 'reading' }>, to: number): Model {
	const top = Math.max(0, Math.min(to, overlay.lines.length - 1));
	return { ...model, overlays: [...model.overlays.slice(0, -1), { ...overlay, top }] };
}
