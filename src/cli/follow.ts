import { pause } from '../core/clock.ts';
import { safeText } from '../core/safe-text.ts';
import type { OutputLine } from '../core/store.ts';
import { isOver } from '../engine/audit-log.ts';
import type { Respond } from '../engine/respond.ts';
import type { Io } from './io.ts';

const lookMs = 200;

/** Prints what a run says, as it says it, until it has ended. Asked to end, the process sees through what it does itself. */
export async function follow(
	respond: Respond,
	id: string,
	{ output }: { readonly output?: string },
	io: Io,
): Promise<void> {
	const run = `R-${id.slice(2)}`;
	let printed = 0;
	const print = async () => {
		if (output === 'json') return;
		const lines = await respond.audit.store.outputs.read(run);
		for (const line of lines.slice(printed)) write(line, io);
		printed = lines.length;
	};
	for (let isEnding = false; !isEnding; ) {
		const approval = await respond.audit.find(id);
		const isAtWork = respond.executor.has(id) || approval?.stage.kind === 'running';
		isEnding = !isAtWork && (!approval || isOver(approval) || approval.stage.kind === 'unknown');
		if (io.stop.aborted) {
			await respond.executor.idle();
			isEnding = true;
		}
		await print();
		if (!isEnding) await pause(respond.setup.clock, lookMs, io.stop);
	}
}

/** What a program said: its bytes are somebody else's text. */
function write({ stream, text }: OutputLine, io: Io): void {
	const target = stream === 'out' ? io.stdout : io.stderr;
	target.write(`${safeText(text)}\n`);
}
