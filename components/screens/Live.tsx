import { Box } from 'ink';
import type { Layout } from '../../src/present/layout.ts';
import { BarsLine } from '../panels/BarsLine.tsx';
import { CardPanel } from '../panels/CardPanel.tsx';
import { Detail } from '../panels/Detail.tsx';
import { EventList } from '../panels/EventList.tsx';
import { Strip } from '../panels/Strip.tsx';
import { TagPane } from '../panels/TagPane.tsx';

type Properties = { readonly areas: Layout };

/** The events as they come, and the one that is open beside or below them. */
export function Live({ areas: { bars, events, detail, tags, strip, card } }: Properties) {
	const isBeside = detail !== undefined && detail.left > events.left;
	const isCovered = tags !== undefined && tags.left === events.left;
	return (
		<>
			{bars && <BarsLine area={bars} />}
			<Box flexShrink={0}>
				{tags && <TagPane area={tags} />}
				{!isCovered && (
					<Box flexDirection={isBeside ? 'row' : 'column'} flexShrink={0}>
						{events.rows > 0 && <EventList area={events} />}
						{detail && <Detail area={detail} hasEdge={isBeside} />}
					</Box>
				)}
			</Box>
			<Strip area={strip} />
			{card && <CardPanel area={card} />}
		</>
	);
}
