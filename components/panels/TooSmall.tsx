import { Box, Text } from 'ink';
import type { Size } from '../../src/present/layout.ts';

type Properties = { readonly size: Size };

/** One sentence is all that such a terminal can hold without lying. */
export function TooSmall({ size: { columns, rows } }: Properties) {
	return (
		<Box width={columns} height={rows} overflow="hidden">
			<Text>
				{`eventctl needs 60 by 16, this terminal has ${columns} by ${rows}: make it larger, or press q to leave.`}
			</Text>
		</Box>
	);
}
