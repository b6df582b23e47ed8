import { rowKind } from '../core/format.ts';
import type { Place } from '../log/event-log.ts';
import type { Matches } from './with-fallen.ts';

/** Rows of one run lie in one stretch of so many seqs: that bounds the walk, and all walks agree on where it ends. */
const stretch = 256;
const critical = 2;

/** Matches in a row that say the same: the oldest, by which it goes, the newest, and how many they are. */
type Run = { readonly head: number; readonly last: number; readonly count: number };

/** What a row has to have in common with its neighbour, and whether it may stand behind another at all. */
export type Rows = {
	place(seq: number): Place | undefined;
	/** A suggestion rests on it: it has to be seen. */
	isCited(seq: number): boolean;
};

/** A view's matches as they are now, with repeats folded: rows of one source, severity, tag and host, one after the other. */
export class Folded {
	readonly #view: Pick<Matches, 'upTo' | 'after' | 'neighbour'>;
	readonly #rows: Rows;
	/** Those that were walked already. */
	readonly #runs = new Map<number, Run>();

	constructor(view: Pick<Matches, 'upTo' | 'after' | 'neighbour'>, rows: Rows) {
		this.#view = view;
		this.#rows = rows;
	}

	/** The heads of the `count` newest runs that begin at or before `seq`, oldest first. */
	upTo(seq: number, count: number): number[] {
		const heads: number[] = [];
		let at = this.#view.upTo(seq, 1)[0];
		while (at !== undefined && heads.length < count) {
			const head = this.#headOf(at);
			heads.push(head);
			at = this.#view.neighbour(head, 'older');
		}
		return heads.reverse();
	}

	/** The heads of the `count` oldest runs that begin after the run of `seq`, oldest first. */
	after(seq: number, count: number): number[] {
		const heads: number[] = [];
		let at = this.#view.neighbour(this.runOf(seq).last, 'newer');
		while (at !== undefined && heads.length < count) {
			heads.push(at);
			at = this.#view.neighbour(this.runOf(at).last, 'newer');
		}
		return heads;
	}

	/** The run that a match belongs to, as far as it is newer. */
	runOf(head: number): Run {
		const known = this.#runs.get(head) ?? this.#walk(head);
		this.#runs.set(head, known);
		return known;
	}

	#walk(head: number): Run {
		let last = head;
		let count = 1;
		for (;;) {
			const next = this.#view.neighbour(last, 'newer');
			if (next === undefined || !this.#repeats(next, last)) return { head, last, count };
			last = next;
			count++;
		}
	}

	#headOf(seq: number): number {
		let head = seq;
		for (;;) {
			const before = this.#view.neighbour(head, 'older');
			if (before === undefined || !this.#repeats(head, before)) return head;
			head = before;
		}
	}

	/** Whether a row says no more than its older neighbour. What is critical stands for itself. */
	#repeats(seq: number, before: number): boolean {
		if (Math.floor(seq / stretch) !== Math.floor(before / stretch)) return false;
		const place = this.#rows.place(seq);
		const other = place ? place.row - (seq - before) : -1;
		if (!place || other < 0) return false;
		const { slab, row } = place;
		const isEvent = slab.kind(row) === rowKind.event || slab.kind(row) === rowKind.sensor;
		if (!isEvent || (slab.severities[row] ?? 8) <= critical) return false;
		const isSame = same.every((column) => slab[column][row] === slab[column][other]);
		return isSame && !this.#rows.isCited(seq);
	}
}

const same = ['tagIds', 'hostIds', 'sources', 'severities', 'kinds'] as const;
