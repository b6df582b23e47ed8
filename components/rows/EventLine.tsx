import { memo } from 'react';
import { lastOf, type Row } from '../../src/core/session.ts';
import { type Hand, type RowLook, rowLine } from '../../src/present/event-cells.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = Hand & { readonly row: Row; readonly look: RowLook };

/** A row of the list: an event, a gap, or bytes nobody could read. */
export const EventLine = memo(function EventLine({ row, look, ...hand }: Properties) {
	return <TextLine line={rowLine(row, look, hand)} />;
}, isSame);

/** Each window brings new objects for the same rows; of a row only what stands behind it ever changes. */
function isSame(before: Properties, now: Properties): boolean {
	return (
		before.row.seq === now.row.seq &&
		lastOf(before.row) === lastOf(now.row) &&
		before.look === now.look &&
		before.isSelected === now.isSelected &&
		before.isNewest === now.isNewest &&
		before.isMarked === now.isMarked &&
		before.isSuggested === now.isSuggested &&
		before.touch === now.touch
	);
}
