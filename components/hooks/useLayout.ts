import { useMemo } from 'react';
import { type Layout, layout } from '../../src/present/layout.ts';
import { cardWish, detailWish, filterRows, tagsWish } from '../wishes.ts';
import { useModel } from './useModel.ts';

/** Where everything stands now; the same object until something of it moves. */
export function useLayout(): Layout {
	const size = useModel((model) => model.size);
	const detail = useModel(detailWish);
	const rows = useModel(filterRows);
	const card = useModel(cardWish);
	const tags = useModel(tagsWish);
	return useMemo(
		() => layout(size, { detail, filterRows: rows, card, tags }),
		[size, detail, rows, card, tags],
	);
}
