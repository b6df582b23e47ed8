import type { Approval } from '../core/approval.ts';
import { Failure } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { endWords } from '../engine/away.ts';
import { found } from './approvals.ts';
import { follow } from './follow.ts';
import type { Io } from './io.ts';
import { type RunOptions, runRequest } from './run.ts';
import { runReport, tellEnd } from './run-report.ts';
import { approvalId, type Office, withRespond } from './with-respond.ts';

type Options = RunOptions & { readonly kill?: boolean };
type Subject = (words: readonly string[], options: Options, office: Office) => Promise<number>;

const subjects: Readonly<Record<string, Subject>> = {
	list,
	attach,
	stop,
	rollback,
	'carry-out': carriedOut,
};

/** `runs list|attach|stop|rollback`; `carry-out` is what `--detach` starts. */
export async function run(
	[name = 'list', ...words]: readonly string[],
	options: Options,
	io: Io,
): Promise<number> {
	const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
	if (!subject) throw new Failure('usage', `runs ${name}: there are list, attach, stop, rollback`);
	return withRespond(options, io, (office) => subject(words, options, office));
}

async function list(_words: readonly string[], { output }: Options, { respond, io }: Office) {
	const begun = respond.audit.approvals.filter(hasBegun);
	if (output === 'json') {
		const runs = await Promise.all(begun.map((approval) => runReport(respond, approval)));
		io.stdout.write(`${JSON.stringify({ apiVersion: 'eventctl/v1', runs })}\n`);
	} else for (const approval of begun) io.stdout.write(`${safeText(endWords(approval))}\n`);
	return 0;
}

function hasBegun({ stage }: Approval): boolean {
	return 'executor' in stage || stage.kind === 'settled';
}

/** Prints what a run said and says until it ends, and ends with its exit code. */
async function attach([word]: readonly string[], options: Options, { respond, io }: Office) {
	const { id } = await found(respond, word, 'runs attach');
	await follow(respond, id, options, io);
	return tellEnd(respond, await found(respond, id, 'runs attach'), options, io);
}

async function stop([word]: readonly string[], { kill, quiet }: Options, { respond, io }: Office) {
	const id = approvalId(word, 'runs stop');
	await respond.order(id, kill ? 'kill' : 'stop');
	const how = kill ? 'is told to end now' : 'ends after its step';
	if (!quiet) io.stderr.write(`R-${id.slice(2)} ${how}\n`);
	return 0;
}

/** Plans the inverse from what the run stored before its effect, and carries it out. */
async function rollback([word]: readonly string[], options: Options, office: Office) {
	const { respond } = office;
	const id = approvalId(word, 'runs rollback');
	const request = await respond.deeds.undoRequest(id, respond.setup.operator);
	return runRequest(office, request, options, undefined);
}

/** Carries out what was approved elsewhere; whoever else is at it already has it. */
async function carriedOut([word]: readonly string[], options: Options, { respond, io }: Office) {
	const id = approvalId(word, 'runs carry-out');
	void respond.executor.execute(id);
	await follow(respond, id, options, io);
	return 0;
}
