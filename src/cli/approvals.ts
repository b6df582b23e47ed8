import type { Approval } from '../core/approval.ts';
import { Failure } from '../core/errors.ts';
import { needOf } from '../core/need.ts';
import { safeText } from '../core/safe-text.ts';
import { stageWords } from '../engine/approve.ts';
import { isOver } from '../engine/audit-log.ts';
import type { Respond } from '../engine/respond.ts';
import { yesTo } from './consent.ts';
import type { Io } from './io.ts';
import { planLines } from './plan-lines.ts';
import { carryOut, type RunOptions } from './run.ts';
import { approvalId, type Office, withRespond } from './with-respond.ts';

type Options = RunOptions & { readonly all?: boolean };
type Subject = (words: readonly string[], options: Options, office: Office) => Promise<number>;

const subjects: Readonly<Record<string, Subject>> = { list, show, approve, reject };

/** `approvals list|show|approve|reject`. */
export async function run(
	[name = 'list', ...words]: readonly string[],
	options: Options,
	io: Io,
): Promise<number> {
	const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
	if (!subject)
		throw new Failure('usage', `approvals ${name}: there are list, show, approve, reject`);
	return withRespond(options, io, (office) => subject(words, options, office));
}

async function list(_words: readonly string[], options: Options, { respond, io }: Office) {
	const shown = respond.audit.approvals.filter((approval) => options.all || !isOver(approval));
	if (options.output === 'json') {
		io.stdout.write(`${JSON.stringify({ apiVersion: 'eventctl/v1', approvals: shown })}\n`);
	} else for (const approval of shown) io.stdout.write(`${safeText(lineOf(approval))}\n`);
	return 0;
}

/** One line: id, tier, what, where it stands, until when. */
function lineOf(approval: Approval): string {
	const { id, plan, origin, requestedBy } = approval;
	const target = plan.targets.map(({ name }) => name).join(', ');
	const what = `${plan.as ?? plan.action} ${target}`;
	const from = origin === 'rule' ? requestedBy.name : `${requestedBy.name} (${origin})`;
	return `${id}  T${plan.tier}  ${what}  ${stageWords(approval)}  until ${plan.notAfter}  from ${from}`;
}

async function show([word]: readonly string[], { output }: Options, { respond, io }: Office) {
	const approval = await found(respond, word, 'approvals show');
	if (output === 'json') {
		io.stdout.write(`${JSON.stringify({ apiVersion: 'eventctl/v1', approval })}\n`);
		return 0;
	}
	const { plan, contentHash, why } = approval;
	const need = needOf(plan, contentHash);
	const lines = [
		lineOf(approval),
		...planLines(plan),
		...plan.evidence.map(({ ref, says }) => `evidence  ${ref}  ${says}`),
		...(why === undefined ? [] : [`why       ${why}`]),
		`plan hash ${contentHash}`,
		...(need.typedName === undefined ? [] : [`needs     --confirm ${need.typedName} --reason WHY`]),
		...(need.people === 2 ? ['needs     two people'] : []),
	];
	for (const line of lines) io.stdout.write(`${safeText(line)}\n`);
	return 0;
}

/** Approves the plan as it stands and sees the run through. */
async function approve([word]: readonly string[], options: Options, office: Office) {
	const approval = await found(office.respond, word, 'approvals approve');
	const { plan, contentHash } = approval;
	return carryOut(office, approval, yesTo(plan, contentHash, options, undefined), options);
}

async function reject(
	[word]: readonly string[],
	{ reason, quiet }: Options,
	{ respond, io }: Office,
) {
	const id = approvalId(word, 'approvals reject');
	if (!reason) throw new Failure('unconfirmed', `approvals reject ${id}: add --reason WHY`);
	await respond.answers.reject(id, reason, respond.setup.operator);
	if (!quiet) io.stderr.write(`${id} is rejected; eventctl audit ${id} shows it\n`);
	return 0;
}

/** The approval of that id as the store has it; throws a Failure where there is none. */
export async function found(
	respond: Respond,
	word: string | undefined,
	verb: string,
): Promise<Approval> {
	const id = approvalId(word, verb);
	const approval = await respond.audit.find(id);
	if (approval) return approval;
	throw new Failure(
		'usage',
		`${verb}: there is no ${id}: eventctl approvals list --all shows them`,
	);
}
