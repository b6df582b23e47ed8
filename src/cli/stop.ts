import { Failure } from '../core/errors.ts';
import type { Respond } from '../engine/respond.ts';
import type { GlobalOptions, Io } from './io.ts';
import { withRespond } from './with-respond.ts';

type Options = GlobalOptions & {
	readonly all?: boolean;
	readonly clear?: boolean;
	readonly reason?: string;
};

/** `stop --all`: nothing begins any more for anybody who shares the store, until `stop --clear`. */
export async function run(
	_words: readonly string[],
	{ all, clear, reason = '', ...options }: Options,
	io: Io,
): Promise<number> {
	if (all === clear) {
		throw new Failure('usage', 'stop: say --all to stop everything, or --clear to lift that');
	}
	return withRespond(options, io, async ({ respond }) => {
		const { killSwitch, setup } = respond;
		if (all) await stopAll(respond, reason);
		else await killSwitch.lift(setup.operator, reason);
		const says = all
			? 'nothing begins any more: eventctl stop --clear lifts it'
			: 'runs may begin again';
		if (!options.quiet) io.stderr.write(`${says}\n`);
		return 0;
	});
}

/** What is on its way ends after its step; nothing else begins. */
async function stopAll(respond: Respond, reason: string): Promise<void> {
	const { killSwitch, setup, audit } = respond;
	await killSwitch.pull(setup.operator, reason);
	const running = audit.approvals.filter(({ stage }) => stage.kind === 'running');
	for (const { id } of running) await respond.order(id, 'stop');
}
