import { barsLine } from '../../src/present/bars-line.ts';
import type { Area } from '../../src/present/layout.ts';
import { clockTime } from '../../src/present/time.ts';
import { useModel } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** How often what is severe happened lately. */
export function BarsLine({ area }: Properties) {
	const shown = useModel((model) => model.bars.shown);
	const format = useModel((model) => model.timeFormat);
	if (!shown) return <TextLine line={[]} />;
	const { from, bucketMs, bars } = shown;
	// Of two moments an age would say less than the clock does.
	const zone = format === 'utc' ? 'utc' : 'local';
	const clock = (at: number) => clockTime(at, zone, 0).slice(0, bucketMs < 60_000 ? 8 : 5);
	const to = clock(from + bars.crit.length * bucketMs);
	return <TextLine line={barsLine({ bars, from: clock(from), to }, area.columns)} />;
}
