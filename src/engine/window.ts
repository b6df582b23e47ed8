import type { Anchor } from '../core/session.ts';
import type { Matches } from './with-fallen.ts';

/** The seqs of the rows a window shows, oldest first: `height` of them where that many match. */
export function rowsAt(
	view: Pick<Matches, 'upTo' | 'after'>,
	anchor: Anchor,
	height: number,
	newest: number,
): number[] {
	if (anchor === 'tail') return view.upTo(newest, height);
	const line = Math.max(0, Math.min(anchor.line, height - 1));
	const above = view.upTo(anchor.seq, line + 1);
	const below = view.after(anchor.seq, height - above.length);
	const missing = height - above.length - below.length;
	if (missing === 0 || above.length <= line) return [...above, ...below];
	return [...view.upTo((above[0] ?? anchor.seq) - 1, missing), ...above, ...below];
}
