import { Box } from 'ink';
import { isTooSmall } from '../src/present/layout.ts';
import { useLayout } from './hooks/useLayout.ts';
import { useModel } from './hooks/useModel.ts';
import { KeyMenu } from './overlays/KeyMenu.tsx';
import { OfferMenu } from './overlays/OfferMenu.tsx';
import { Footer } from './panels/Footer.tsx';
import { Header } from './panels/Header.tsx';
import { NoticeLine } from './panels/NoticeLine.tsx';
import { TooSmall } from './panels/TooSmall.tsx';
import { Body } from './screens/Body.tsx';

type Properties = {
	/** What stands where notices come: the lab's word on what to try. */
	readonly caption: string;
};

/** The whole screen: always as high as the terminal, or a redraw would begin in the wrong place. */
export function App({ caption }: Properties) {
	const size = useModel((model) => model.size);
	const areas = useLayout();
	if (isTooSmall(size)) return <TooSmall size={size} />;
	return (
		<Box flexDirection="column" width={size.columns} height={size.rows}>
			<Header area={areas.header} />
			<Body areas={areas} />
			<NoticeLine area={areas.notice} caption={caption} />
			<Footer area={areas.footer} />
			<KeyMenu above={areas.strip} />
			<OfferMenu above={areas.strip} />
		</Box>
	);
}
