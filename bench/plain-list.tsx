import { PassThrough } from 'node:stream';
import { Box, render, Text } from 'ink';

/** A list as one writes it with Ink alone: every event a line, the selected one inverted. */
export function openPlainList(count: number, stdout: NodeJS.WriteStream) {
	const lines = Array.from(
		{ length: count },
		(_, at) => `event ${at}  salt/job/${at}/ret/web-${at % 50}`,
	);
	const list = (selected: number) => (
		<Box flexDirection="column" height={stdout.rows} overflow="hidden">
			{lines.map((line, at) => (
				<Text key={line} inverse={at === selected} wrap="truncate">
					{line}
				</Text>
			))}
		</Box>
	);
	const instance = render(list(0), {
		stdout,
		stdin: new PassThrough() as unknown as NodeJS.ReadStream,
		maxFps: 60,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	return {
		/** Resolves when the frame is written. */
		async select(at: number): Promise<void> {
			instance.rerender(list(at));
			await instance.waitUntilRenderFlush();
		},
		close: () => instance.unmount(),
	};
}
