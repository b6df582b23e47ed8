import type { Line } from '../../src/present/cell.ts';
import type { Area } from '../../src/present/layout.ts';
import { listOverDetail } from '../../src/present/list-over-detail.ts';
import { sourceCaptions, sourceDetails, sourceLine } from '../../src/present/sources-table.ts';
import type { Model } from '../../src/state/model.ts';
import { sourceLine as lineUnderHand } from '../../src/state/slices/sources.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** Every source with its health and its figures, and all that is known of the one under the hand. */
export function Sources({ area }: Properties) {
	return <Page area={area} lines={linesOf(useWhole(), area)} />;
}

const DETAIL_ROWS = 9;

function linesOf(model: Model, area: Area): readonly Line[] {
	const { columns } = area;
	const { now } = model;
	const sources = model.counts?.sources ?? [];
	const cursor = Math.max(0, lineUnderHand(model));
	const here = sources[cursor];
	const known = here ? sourceDetails(here, now, columns) : [];
	const empty = Array.from({ length: DETAIL_ROWS }, () => []);
	return listOverDetail(
		{
			captions: sourceCaptions(columns),
			count: sources.length,
			cursor,
			lineAt: (at) => {
				const source = sources[at];
				return source ? sourceLine(source, at === cursor, now, columns) : [];
			},
			title: here?.name ?? 'no source',
			// The rule stays where it is, however much is known of the one or the other.
			detail: [...known, ...empty].slice(0, DETAIL_ROWS),
			detailMost: DETAIL_ROWS,
		},
		area,
	);
}
