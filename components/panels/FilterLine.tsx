import { filterLine } from '../../src/present/filter-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { chips, matches } from '../../src/state/selectors.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** The filter as chips, and how much of the buffer it lets through. */
export function FilterLine({ area }: Properties) {
	const model = useWhole();
	const key = useKeysOf('filter.open');
	return (
		<TextLine
			line={filterLine({ chips: chips(model), matches: matches(model), key }, area.columns)}
		/>
	);
}
