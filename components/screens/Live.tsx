import { Box } from 'ink';
import type { Layout } from '../../src/present/layout.ts';
import { CardPanel } from '../panels/CardPanel.tsx';
import { Detail } from '../panels/Detail.tsx';
import { EventList } from '../panels/EventList.tsx';
import { Strip } from '../panels/Strip.tsx';

type Properties = { readonly areas: Layout };

/** The events as they come, and the one that is open beside or below them. */
export function Live({ areas: { events, detail, strip, card } }: Properties) {
	const isBeside = detail !== undefined && detail.left > 0;
	return (
		<>
			<Box flexDirection={isBeside ? 'row' : 'column'} flexShrink={0}>
				{events.rows > 0 && <EventList area={events} />}
				{detail && <Detail area={detail} />}
			</Box>
			<Strip area={strip} />
			{card && <CardPanel area={card} />}
		</>
	);
}
