import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Area } from '../../src/present/layout.ts';

type Properties = { readonly area: Area; readonly children: ReactNode };

/** A rectangle of the screen that nothing outside can squeeze and nothing inside can burst. */
export function Panel({ area, children }: Properties) {
	return (
		<Box flexDirection="column" flexShrink={0} width={area.columns} height={area.rows}>
			{children}
		</Box>
	);
}
