import { lastOf, type Row, type Window } from '../../core/session.ts';
import { focusOf } from '../contexts.ts';
import { cellNames, type ListState } from '../list-state.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** The list of events: its cursor is an event or the tail, so arrivals cannot move it. */
export function list(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.list ? model : { ...model, list: next };
}

function changed(model: Model, message: Message): ListState {
	const { list, now } = model;
	const hasFocus = focusOf(model) === 'list';
	switch (message.type) {
		case 'window':
			return received(list, message);
		case 'list.sized':
			return sized(list, message.height);
		case 'cursor.moved':
			return hasFocus ? moved(list, message.by, now) : list;
		case 'cursor.paged':
			return hasFocus ? moved(list, Math.trunc(message.by * list.height), now) : list;
		case 'cursor.sent':
			return hasFocus ? sent(list, message.to, now) : list;
		case 'event.stepped':
			return moved(list, message.by, now);
		case 'list.paused':
			return paused(list, now);
		case 'list.followed':
			return followed(list);
		case 'event.jumped':
		case 'detail.wanted':
			return jumped(list, message.seq, now);
		case 'found':
			return model.seek?.id === message.id && message.seq !== undefined
				? jumped(list, message.seq, now)
				: list;
		case 'view.taken':
			return { ...list, isFolded: message.view.isFolded ?? list.isFolded };
		case 'repeats.folded':
			return { ...list, isFolded: !list.isFolded };
		case 'cell.picked':
			return { ...list, cell: cellBeside(list.cell, message.by) };
		case 'event.marked':
			return { ...list, marks: toggled(list.marks, message.seq) };
		case 'events.marked':
			return { ...list, marks: new Set([...list.marks, ...message.seqs]) };
		default:
			return list;
	}
}

/**
 * The line of the window the cursor is on, from 0: its event's, or the nearest later event's where the filter
 * hides it; -1 where the window is empty.
 */
export function cursorLine(list: ListState): number {
	const rows = list.window?.rows ?? [];
	const { selection } = list;
	if (selection === 'tail') return rows.length - 1;
	const line = rows.findIndex((row) => lastOf(row) >= selection);
	return line < 0 ? rows.length - 1 : line;
}

/** The row under the cursor as it is painted. */
export function rowAtCursor(list: ListState): Row | undefined {
	return list.window?.rows[cursorLine(list)];
}

function received(list: ListState, window: Window): ListState {
	if (window.view !== list.view) return list;
	const next = { ...list, window };
	return list.pending === 0 ? next : settled(next);
}

/** A cursor at the edge needs a line for its neighbour, so a list has at least two. */
function sized(list: ListState, lines: number): ListState {
	const height = Math.max(2, lines);
	if (height === list.height) return list;
	if (list.anchor === 'tail') return { ...list, height };
	const line = Math.max(0, Math.min(list.anchor.line, height - 1));
	return { ...list, height, anchor: { ...list.anchor, line } };
}

function moved(list: ListState, by: number, now: number): ListState {
	if (list.selection === 'tail' && by > 0) return list;
	const from = paused(list, now);
	if (from.selection === 'tail') return list;
	return settled({ ...from, pending: from.pending + by });
}

function paused(list: ListState, now: number): ListState {
	const row = rowAtCursor(list);
	if (list.selection !== 'tail' || !row) return list;
	const anchor = { seq: row.seq, line: cursorLine(list) };
	return { ...list, selection: row.seq, anchor, paused: stopped(list, now) };
}

/** When and where the list stopped; what it remembers already holds. */
function stopped({ paused, window }: ListState, now: number): NonNullable<ListState['paused']> {
	return paused ?? { at: now, oldest: window?.first ?? 1 };
}

function followed({ paused: _, ...list }: ListState): ListState {
	return { ...list, selection: 'tail', anchor: 'tail', pending: 0 };
}

function sent(list: ListState, to: 'first' | 'last', now: number): ListState {
	if (to === 'last') return followed(list);
	if (!rowAtCursor(list) || !list.window) return list;
	const seq = list.window.oldest;
	return {
		...list,
		selection: seq,
		anchor: { seq, line: 0 },
		pending: 0,
		paused: stopped(list, now),
	};
}

function jumped(list: ListState, seq: number, now: number): ListState {
	const shown = list.window?.rows.findIndex((row) => row.seq <= seq && lastOf(row) >= seq) ?? -1;
	const line = shown >= 0 ? shown : Math.floor(list.height / 2);
	return {
		...list,
		selection: seq,
		anchor: { seq, line },
		pending: 0,
		paused: stopped(list, now),
	};
}

/** Does as much of the pending movement as the window allows; for the rest it asks for the rows beyond. */
function settled(list: ListState): ListState {
	const { window, pending } = list;
	const last = (window?.rows.length ?? 0) - 1;
	if (!window || last < 0) return { ...list, pending: 0 };
	if (!reaches(window, list.selection)) return list;
	const target = cursorLine(list) + pending;
	if (target < 0 && (window.above > 0 || !window.isComplete))
		return standing(list, 0, -target, target);
	if (target > last && window.below > 0)
		return standing(list, last, list.height - 1 - (target - last), target - last);
	const line = Math.max(0, Math.min(target, last));
	return standing(list, line, line, 0);
}

/** Whether the window is about the place where the cursor is, not still about one it has left. */
function reaches({ rows, above, below }: Window, selection: ListState['selection']): boolean {
	if (selection === 'tail') return below === 0;
	const [first] = rows;
	const last = rows.at(-1);
	if (!first || !last) return false;
	return (above === 0 || first.seq <= selection) && (below === 0 || lastOf(last) >= selection);
}

/** The cursor on row `row` of the window, which from now on stands at line `line`. */
function standing(list: ListState, row: number, line: number, pending: number): ListState {
	const seq = list.window?.rows[row]?.seq;
	if (seq === undefined) return list;
	const inside = Math.max(0, Math.min(line, list.height - 1));
	return { ...list, selection: seq, anchor: { seq, line: inside }, pending };
}

function cellBeside(cell: ListState['cell'], by: number): ListState['cell'] {
	const at = cellNames.indexOf(cell) + by;
	return cellNames[Math.max(0, Math.min(at, cellNames.length - 1))] ?? cell;
}

function toggled(marks: ReadonlySet<number>, seq: number): ReadonlySet<number> {
	const next = new Set(marks);
	if (!next.delete(seq)) next.add(seq);
	return next;
}
