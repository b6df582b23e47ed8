import { headerLine } from '../../src/present/header.ts';
import type { Area } from '../../src/present/layout.ts';
import { zoneName } from '../../src/present/time.ts';
import { openCount, runningCount, unknownCount } from '../../src/state/card.ts';
import { useModel } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** Where we are, who is connected, how fast it comes, what was lost. */
export function Header({ area }: Properties) {
	const identity = useModel((model) => model.identity);
	const counts = useModel((model) => model.counts);
	const isPaused = useModel((model) => model.list.selection !== 'tail');
	const format = useModel((model) => model.timeFormat);
	const now = useModel((model) => model.now);
	const suggestions = useModel(openCount);
	const runs = useModel(runningCount);
	const unknown = useModel(unknownCount);
	const line = headerLine(
		{
			profile: identity.profile,
			sources: counts?.sources,
			isPaused,
			isReadOnly: identity.isReadOnly,
			isOnly: identity.isOnly,
			rate: counts?.rate ?? 0,
			held: counts?.held ?? 0,
			capacity: counts?.capacity ?? 0,
			dropped: counts?.dropped ?? 0,
			suggestions,
			runs,
			unknown,
			who: `${identity.operator}@${identity.host}`,
			zone: zoneName(format, now),
			now,
		},
		area.columns,
	);
	return <TextLine line={line} />;
}
