import { type Bars, lastOf, type Row, type ToEngine, type Window } from '../core/session.ts';
import { compileFilter } from '../filter/compile.ts';
import { narrows } from '../filter/narrows.ts';
import { parseFilter } from '../filter/parse.ts';
import { Matcher } from '../log/matcher.ts';
import { View } from '../log/view.ts';
import { barsOf, type Span } from './bars.ts';
import type { Engine } from './engine.ts';
import { Folded } from './folded.ts';
import { rowsAt } from './window.ts';
import { type Matches, WithFallen } from './with-fallen.ts';

const critical = 2;

export type Wanted = Extract<ToEngine, { type: 'view.wanted' }>;

/** What one console looks at: the matches of its filter, folded or not, and the window it has of them. */
export class Sight {
	readonly wanted: Wanted;
	readonly #engine: Engine;
	readonly #matcher: Matcher;
	readonly #view: View;
	/** The critical rows that fell unseen and match, and out of how many they were picked. */
	#fallen: { readonly of: number; readonly seqs: readonly number[] } = { of: 0, seqs: [] };
	/** The seqs of the window on the screen. */
	#shown: readonly number[] = [];

	/** Throws a FilterError where the filter cannot be read. `before` is what the console looked at until now. */
	constructor(engine: Engine, wanted: Wanted, now: number, before?: Sight) {
		this.#engine = engine;
		this.wanted = wanted;
		if (before?.wanted.filter === wanted.filter) {
			this.#matcher = before.#matcher;
			this.#view = before.#view;
			this.#fallen = before.#fallen;
			this.#shown = before.#shown;
			return;
		}
		this.#matcher = matcherFor(engine, wanted.filter, now);
		const isNarrower =
			before && narrows(parseFilter(before.wanted.filter), parseFilter(wanted.filter));
		this.#view = new View(engine.log, this.#matcher, isNarrower ? before.#view : undefined);
	}

	/** See `View.advance`. */
	advance(isOver: () => boolean): boolean {
		return this.#view.advance(isOver);
	}

	/** Whether all rows of the window are known, however much is still to be searched. */
	get isFull(): boolean {
		return this.#rows(this.#folded).length >= this.wanted.height;
	}

	neighbour(seq: number, towards: 'older' | 'newer'): number | undefined {
		return this.#matches.neighbour(seq, towards);
	}

	/** How its matches, as far as they are found, are spread over time. */
	bars(span: Span): Generator<void, Bars> {
		return barsOf(this.#view.found, span);
	}

	/** The window as it stands now. The engine is told that its rows are on a screen. */
	window(isComplete: boolean): Window {
		const { log } = this.#engine;
		const folded = this.#folded;
		const seqs = this.#withOutlived(this.#rows(folded));
		const matches = this.#matches;
		const rows = seqs.map((seq) => this.#row(seq, folded)).filter((row) => row !== undefined);
		const newest = rows.at(-1);
		const last = newest ? lastOf(newest) : log.next;
		const fallen = this.#fallenSeqs();
		this.#shown = seqs;
		this.#engine.show(seqs, this.wanted.anchor !== 'tail');
		return {
			type: 'window',
			view: this.wanted.id,
			rows,
			above: matches.countBefore(seqs[0] ?? log.next),
			below: matches.matched - matches.countBefore(last + 1),
			criticalBelow: this.#view.severeAfter(last, critical),
			matched: this.#view.matched,
			isComplete,
			held: log.held,
			first: log.first,
			oldest: fallen[0] ?? log.first,
			fallen: fallen.length,
		};
	}

	get #matches(): Matches {
		return new WithFallen(this.#view, this.#fallenSeqs());
	}

	get #folded(): Folded {
		const { log } = this.#engine;
		return new Folded(this.#matches, {
			place: (seq) => log.place(seq),
			isCited: (seq) => this.#engine.isCited(seq),
		});
	}

	#rows(folded: Folded): number[] {
		const { anchor, height, isFolded } = this.wanted;
		const rows = isFolded ? folded : this.#matches;
		return rowsAt(rows, anchor, height, this.#engine.log.next - 1);
	}

	/** Looked for anew only where more have fallen. */
	#fallenSeqs(): readonly number[] {
		const { kept } = this.#engine;
		if (kept.unseen.size === this.#fallen.of) return this.#fallen.seqs;
		const seqs = [...kept.unseen].filter((seq) => {
			const row = kept.get(seq);
			return row && this.#matcher.matches(row.slab, row.row);
		});
		this.#fallen = { of: kept.unseen.size, seqs };
		return seqs;
	}

	/** A window that stands still keeps its rows when the ring has let them fall. */
	#withOutlived(found: readonly number[]): readonly number[] {
		const { log, kept } = this.#engine;
		if (this.wanted.anchor === 'tail') return found;
		const outlived = this.#shown.filter(
			(seq) => seq < log.first && kept.get(seq) && !found.includes(seq),
		);
		return [...outlived, ...found].toSorted((one, other) => one - other);
	}

	#row(seq: number, folded: Folded): Row | undefined {
		const { log, kept, decoder } = this.#engine;
		const place = log.place(seq) ?? kept.get(seq);
		const row = place && decoder.row(place.slab, place.row);
		if (!row || !('facts' in row) || !this.wanted.isFolded) return row;
		const { count, last } = folded.runOf(seq);
		return count === 1 ? row : { ...row, fold: { count, last } };
	}
}

/** What tests rows against a filter. Throws a FilterError. */
export function matcherFor(
	{ log, decoder }: Pick<Engine, 'log' | 'decoder'>,
	filter: string,
	now: number,
): Matcher {
	const { criterion, forGaps } = compileFilter(filter, now);
	return new Matcher(log, criterion, forGaps, decoder.decode);
}
