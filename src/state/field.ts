/** A text being edited. `cursor` is an offset in UTF-16 units that always stands between two graphemes. */
export type Field = {
	readonly text: string;
	readonly cursor: number;
	/** What `^w ^u ^k` cut last, for `^y`. */
	readonly killed: string;
	/** Which entry of the history is shown, counted back from the newest; absent while the text is the operator's own. */
	readonly recalled?: { readonly back: number; readonly own: string };
};

/** A field holding `text`, the cursor behind it. */
export function fieldOf(text: string): Field {
	return { text, cursor: text.length, killed: '' };
}
