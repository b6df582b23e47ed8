import type { Area } from '../../src/present/layout.ts';
import { stripLine } from '../../src/present/strip.ts';
import { clockTime } from '../../src/present/time.ts';
import { pausedStrip, staleness } from '../../src/state/selectors.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** Whether the list follows, what came below it, and how fresh all of it is. */
export function Strip({ area }: Properties) {
	const model = useWhole();
	const liveKeys = useKeysOf('list.follow');
	const strip = pausedStrip(model);
	const paused = strip && { ...strip, at: clockTime(strip.at, model.timeFormat, model.now) };
	return (
		<TextLine line={stripLine({ paused, liveKeys, staleness: staleness(model) }, area.columns)} />
	);
}
