import type { FromEngine, Row, ToEngine, Window } from '../../src/core/session.ts';

import { ToyResponder } from './toy-responder.ts';

type View = Extract<ToEngine, { type: 'view.wanted' }>;

/** Answers a console as an engine would, over rows given by hand. A filter is a function of its text. */
export class ToyEngine {
	readonly rows: Row[] = [];
	readonly received: ToEngine[] = [];
	readonly responder = new ToyResponder();
	#view: View | undefined;
	readonly #matches: (row: Row, filter: string) => boolean;

	constructor(matches: (row: Row, filter: string) => boolean = () => true) {
		this.#matches = matches;
	}

	/** What it says to a request at once; nothing for what it only notes. */
	answer(message: ToEngine): readonly FromEngine[] {
		this.received.push(message);
		if (message.type === 'view.wanted') {
			this.#view = message;
			return this.window();
		}
		if (message.type === 'row.sought') return [this.#found(message)];
		if (message.type === 'event.opened') return [this.#opened(message.seq)];
		return this.responder.answer(message);
	}

	/** The window as it stands now; nothing before a view is wanted. */
	window(): readonly Window[] {
		const view = this.#view;
		if (!view) return [];
		const all = this.rows.filter((row) => this.#matches(row, view.filter));
		const start = startOf(all, view);
		const rows = all.slice(start, start + view.height);
		return [
			{
				type: 'window',
				view: view.id,
				rows,
				above: start,
				below: all.length - start - rows.length,
				criticalBelow: 0,
				matched: all.length,
				isComplete: true,
				held: this.rows.length,
				first: this.rows[0]?.seq ?? 1,
				oldest: this.rows[0]?.seq ?? 1,
				fallen: 0,
			},
		];
	}

	#found({ id, filter, from, towards }: Extract<ToEngine, { type: 'row.sought' }>): FromEngine {
		const fits = (row: Row) =>
			this.#matches(row, this.#view?.filter ?? '') && this.#matches(row, filter);
		const row =
			towards === 'newer'
				? this.rows.find((row) => row.seq > from && fits(row))
				: this.rows.findLast((row) => row.seq < from && fits(row));
		return { type: 'found', id, ...(row && { seq: row.seq }) };
	}

	#opened(seq: number): FromEngine {
		const row = this.rows.find((row) => row.seq === seq);
		if (!row) return { type: 'opened', seq, missing: 'it has fallen out of the buffer' };
		return { type: 'opened', seq, row, data: { seq }, blocks: [] };
	}
}

function startOf(all: readonly Row[], { anchor, height }: View): number {
	const last = Math.max(0, all.length - height);
	if (anchor === 'tail') return last;
	const at = all.findIndex((row) => row.seq >= anchor.seq);
	return Math.max(0, Math.min((at < 0 ? all.length - 1 : at) - anchor.line, last));
}
