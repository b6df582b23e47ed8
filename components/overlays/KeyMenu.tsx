import { Box } from 'ink';
import type { Area } from '../../src/present/layout.ts';
import { menuLines } from '../../src/present/menu-lines.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';

type Properties = {
	/** What it stands on: its last line is just above. */
	readonly above: Area;
};

/** What may follow a key that begins a group. It lies over the list, which does not move for it. */
export function KeyMenu({ above }: Properties) {
	const keys = useKeys();
	const model = useWhole();
	if (model.strokes.length === 0) return null;
	const lines = menuLines(keys.hints(model), model.strokes.join(' '), above.columns);
	return (
		<Box position="absolute" flexDirection="column" top={above.top - lines.length} left={0}>
			<Lines lines={lines} columns={above.columns} />
		</Box>
	);
}
