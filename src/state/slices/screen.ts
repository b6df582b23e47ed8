import { isDetailOpen } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model, TimeFormat } from '../model.ts';

/** What the screen is, apart from what it shows. */
export function screen(model: Model, message: Message): Model {
	switch (message.type) {
		case 'time.passed':
			return message.now === model.now ? model : { ...model, now: message.now };
		case 'resized':
			return { ...model, size: message.size };
		case 'counts':
			return { ...model, counts: message };
		case 'ended':
			return { ...model, isOver: true };
		case 'screen.chosen':
			return { ...model, screen: message.screen, pane: 'list', isZoomed: false };
		case 'pane.changed':
			return paneChanged(model);
		case 'detail.wanted':
			return { ...model, pane: 'detail' };
		case 'detail.closed':
			return { ...model, pane: 'list', isZoomed: false };
		case 'zoom.toggled':
			return { ...model, isZoomed: !model.isZoomed };
		case 'time.format.changed':
			return { ...model, timeFormat: nextFormat[model.timeFormat] };
		case 'strokes.held':
			return { ...model, strokes: message.strokes };
		default:
			return model;
	}
}

const nextFormat = {
	local: 'utc',
	utc: 'relative',
	relative: 'local',
} as const satisfies Record<TimeFormat, TimeFormat>;

/** The next of the panes that are open. */
function paneChanged(model: Model): Model {
	const isLive = model.screen === 'live';
	const hasDetail = isLive ? isDetailOpen(model) : model.screen === 'runs';
	const panes = [
		'list' as const,
		...(hasDetail ? (['detail'] as const) : []),
		...(isLive && model.tags.isOpen ? (['tags'] as const) : []),
	];
	const pane = panes[(panes.indexOf(model.pane) + 1) % panes.length] ?? 'list';
	return pane === model.pane ? model : { ...model, pane };
}
