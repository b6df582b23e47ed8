import { focusOf } from '../contexts.ts';
import { detailLines } from '../detail-lines.ts';
import { type DetailState, detailModes } from '../detail-state.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** The details of one event. */
export function detail(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.detail ? model : { ...model, detail: next };
}

function changed(model: Model, message: Message): DetailState {
	const { detail, marks } = model;
	switch (message.type) {
		case 'detail.wanted':
			return { ...detail, seq: message.seq };
		case 'detail.closed':
			return closed(detail);
		case 'opened':
			return message.seq === detail.seq ? shown(detail, message, marks) : detail;
		case 'marks':
			return relined(detail, message.marks);
		case 'detail.viewed':
			return viewed(detail, message.by, marks);
		case 'detail.wrapped':
			return { ...detail, isWrapped: !detail.isWrapped };
		case 'detail.sized':
			return inSight({ ...detail, height: message.height });
		case 'fold.set':
			return relined(
				{ ...detail, folds: new Map(detail.folds).set(message.fold, message.isFolded) },
				marks,
			);
		default:
			return focusOf(model) === 'detail' ? moved(detail, message) : detail;
	}
}

function moved(detail: DetailState, message: Message): DetailState {
	switch (message.type) {
		case 'cursor.moved':
			return standing(detail, detail.cursor + message.by);
		case 'cursor.paged':
			return standing(detail, detail.cursor + Math.trunc(message.by * detail.height));
		case 'cursor.sent':
			return standing(detail, message.to === 'first' ? 0 : detail.lines.length - 1);
		default:
			return detail;
	}
}

function closed(detail: DetailState): DetailState {
	const { seq: _, opened: __, ...rest } = detail;
	return { ...rest, lines: [], cursor: 0, top: 0 };
}

type Marks = Model['marks'];

function shown(
	detail: DetailState,
	opened: NonNullable<DetailState['opened']>,
	marks: Marks,
): DetailState {
	const isSame = detail.opened?.seq === opened.seq;
	const next = relined({ ...detail, opened }, marks);
	return isSame ? next : { ...next, cursor: 0, top: 0 };
}

/** The next view, the cursor on the same value where that view shows it too. */
function viewed(detail: DetailState, by: number, marks: Marks): DetailState {
	const at = detailModes.indexOf(detail.mode) + by + detailModes.length;
	const mode = detailModes[at % detailModes.length] ?? 'pretty';
	const next = relined({ ...detail, mode, top: 0 }, marks);
	const path = pathAt(detail, detail.cursor);
	const same = next.lines.findIndex((_, line) => path !== undefined && pathAt(next, line) === path);
	return standing(next, Math.max(0, same));
}

function pathAt({ lines }: DetailState, at: number): string | undefined {
	const line = lines[at];
	return line?.kind === 'value' && line.path ? JSON.stringify(line.path) : undefined;
}

function relined(detail: DetailState, marks: Marks): DetailState {
	if (!detail.opened) return detail;
	const lines = detailLines(detail.opened, detail.mode, detail.folds, marks);
	return standing({ ...detail, lines }, detail.cursor);
}

function standing(detail: DetailState, line: number): DetailState {
	const cursor = Math.max(0, Math.min(line, detail.lines.length - 1));
	return inSight({ ...detail, cursor });
}

/** Scrolls no further than the cursor needs. */
function inSight(detail: DetailState): DetailState {
	const { cursor, height } = detail;
	const top = Math.max(Math.min(detail.top, cursor), cursor - Math.max(height, 1) + 1, 0);
	return { ...detail, top };
}
