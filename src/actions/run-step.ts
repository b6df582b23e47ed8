import type { Progress } from '../core/action.ts';
import type { CommandOptions, CommandResult, HostTool } from '../core/host-tool.ts';

/** Output that nobody has taken yet; what comes beyond it is counted, not held. */
const waitingBytes = 1 << 20;

export type StepCommand = {
	readonly step: number;
	readonly argv: readonly string[];
	readonly options: CommandOptions;
};

/** Runs a command on a host and tells its output while it comes; answers how it ended. */
export async function* runStep(
	host: HostTool,
	{ step, argv, options }: StepCommand,
	stop: AbortSignal,
): AsyncGenerator<Progress, CommandResult> {
	let waiting: Progress[] = [];
	let bytes = 0;
	let untold = 0;
	let wake = () => {};
	const onOutput = (stream: 'out' | 'err', text: string) => {
		if (bytes > waitingBytes) untold += text.length;
		else waiting.push({ kind: 'output', step, stream, text });
		bytes += text.length;
		wake();
	};
	let isOver = false;
	const over = host.command(argv, { ...options, onOutput }, stop).finally(() => {
		isOver = true;
		wake();
	});
	// It is awaited below, after what it said was told.
	over.catch(() => {});
	while (!isOver || waiting.length > 0) {
		const told = waiting;
		waiting = [];
		bytes = 0;
		yield* told;
		if (!isOver && waiting.length === 0) {
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
	}
	if (untold > 0)
		yield { kind: 'note', says: `${untold} characters of output came too fast to be told` };
	return over;
}
