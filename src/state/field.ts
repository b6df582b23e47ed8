/** A text being edited. `cursor` is an offset in UTF-16 units that always stands between two graphemes. */
export type Field = {
	readonly text: string;
	readonly cursor: number;
	/** What `^w ^u ^k` cut last, for `^y`. */
	readonly killed: string;
	/** Which entry of the history is shown, counted back from the newest; absent while the text is the operator's own. */
	readonly recalled?: { readonly back: number; readonly own: string };
};

/** How a field is edited, as readline does it. */
export type Edit =
	| { readonly kind: 'insert'; readonly text: string }
	| { readonly kind: 'move'; readonly to: 'left' | 'right' | 'start' | 'end' | 'up' | 'down' }
	| { readonly kind: 'erase'; readonly what: 'before' | 'after' | 'word' | 'to-start' | 'to-end' }
	| { readonly kind: 'yank' };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A field holding `text`, the cursor behind it. */
export function fieldOf(text: string): Field {
	return { text, cursor: text.length, killed: '' };
}

/** The field after an edit; one that does not apply changes nothing. */
export function edited(field: Field, edit: Edit): Field {
	if (edit.kind === 'insert') return inserted(field, edit.text);
	if (edit.kind === 'yank') return inserted(field, field.killed);
	if (edit.kind === 'move') return { ...field, cursor: destination(field, edit.to) };
	return erased(field, edit.what);
}

/** The same field with an older (1) or newer (-1) entry of its history; its own text is the newest of all. */
export function recalled(field: Field, history: readonly string[], by: 1 | -1): Field {
	const back = (field.recalled?.back ?? 0) + by;
	if (back < 0 || back > history.length) return field;
	const own = field.recalled?.own ?? field.text;
	const entry = back === 0 ? own : (history.at(-back) ?? own);
	const next = { ...fieldOf(entry), killed: field.killed };
	return back === 0 ? next : { ...next, recalled: { back, own } };
}

/** The same field with the next older entry that holds what the operator typed. */
export function searched(field: Field, history: readonly string[]): Field {
	const own = field.recalled?.own ?? field.text;
	for (let back = (field.recalled?.back ?? 0) + 1; back <= history.length; back++) {
		const entry = history.at(-back);
		if (entry?.includes(own))
			return { ...fieldOf(entry), killed: field.killed, recalled: { back, own } };
	}
	return field;
}

function inserted(field: Field, text: string): Field {
	if (text === '') return field;
	const before = field.text.slice(0, field.cursor) + text;
	return {
		text: before + field.text.slice(field.cursor),
		cursor: before.length,
		killed: field.killed,
	};
}

function erased(field: Field, what: Extract<Edit, { kind: 'erase' }>['what']): Field {
	const start = eraseStart(field, what);
	const end = eraseEnd(field, what);
	if (start === end) return field;
	const isOneGrapheme = what === 'before' || what === 'after';
	return {
		text: field.text.slice(0, start) + field.text.slice(end),
		cursor: start,
		killed: isOneGrapheme ? field.killed : field.text.slice(start, end),
	};
}

function eraseStart({ text, cursor }: Field, what: string): number {
	if (what === 'before') return previous(text, cursor);
	if (what === 'word') return text.slice(0, cursor).replace(/\S*\s*$/, '').length;
	if (what === 'to-start') return lineStart(text, cursor);
	return cursor;
}

function eraseEnd({ text, cursor }: Field, what: string): number {
	if (what === 'after') return next(text, cursor);
	return what === 'to-end' ? lineEnd(text, cursor) : cursor;
}

function destination({ text, cursor }: Field, to: Extract<Edit, { kind: 'move' }>['to']): number {
	if (to === 'left') return previous(text, cursor);
	if (to === 'right') return next(text, cursor);
	if (to === 'start') return lineStart(text, cursor);
	if (to === 'end') return lineEnd(text, cursor);
	return otherLine(text, cursor, to);
}

/** The same column of the line above or below, or as far as that line goes; the cursor stays where there is none. */
function otherLine(text: string, cursor: number, to: 'up' | 'down'): number {
	const start = lineStart(text, cursor);
	const column = cursor - start;
	if (to === 'up') {
		if (start === 0) return cursor;
		return boundary(text, Math.min(lineStart(text, start - 1) + column, start - 1));
	}
	const end = lineEnd(text, cursor);
	if (end === text.length) return cursor;
	return boundary(text, Math.min(end + 1 + column, lineEnd(text, end + 1)));
}

function lineStart(text: string, at: number): number {
	return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	return end < 0 ? text.length : end;
}

function previous(text: string, at: number): number {
	return at === 0 ? 0 : boundary(text, at - 1);
}

function next(text: string, at: number): number {
	const grapheme = graphemes.segment(text).containing(at);
	return grapheme ? grapheme.index + grapheme.segment.length : text.length;
}

/** The start of the grapheme `at` lies in. */
function boundary(text: string, at: number): number {
	return graphemes.segment(text).containing(at)?.index ?? text.length;
}
