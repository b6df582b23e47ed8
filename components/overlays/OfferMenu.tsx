import { Box } from 'ink';
import type { Area } from '../../src/present/layout.ts';
import { offerLines } from '../../src/present/offer-lines.ts';
import { othersHere } from '../../src/state/card.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';

type Properties = {
	/** What it stands on: its last line is just above. */
	readonly above: Area;
};

/** All actions that fit the event under the hand. It lies over the list, which does not move for it. */
export function OfferMenu({ above }: Properties) {
	const model = useWhole();
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'menu') return null;
	const room = { rows: above.top - 2, columns: above.columns };
	const lines = offerLines({ offers: overlay.offers, waiting: othersHere(model) }, room);
	return (
		<Box position="absolute" flexDirection="column" top={above.top - lines.length} left={0}>
			<Lines lines={lines} columns={above.columns} />
		</Box>
	);
}
