import { printJson } from '../codec/json.ts';
import { Failure } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { type AuditEntry, resultOf, targetOf, whatOf, whyOf } from './audit-entry.ts';

export const apiVersion = 'eventctl/v1';

/** What stands before the records, how one is written, and what stands after them. */
type Form = {
	readonly head: string;
	line(entry: AuditEntry, isFirst: boolean): string;
	readonly foot: string;
};

const columns = [
	'seq',
	'at',
	'id',
	'rev',
	'kind',
	'who',
	'who id',
	'from',
	'action',
	'target',
	'tier',
	'result',
	'why',
	'plan',
	'detail',
	'prev',
	'hash',
] as const;

export const auditForms = {
	text: { head: '', line: (entry) => `${textOf(entry)}\n`, foot: '' },
	jsonl: {
		head: '',
		line: (entry) => `${printJson({ apiVersion, audit: objectOf(entry) })}\n`,
		foot: '',
	},
	json: {
		head: `{"apiVersion":"${apiVersion}","records":[`,
		line: (entry, isFirst) => `${isFirst ? '' : ','}\n${printJson(objectOf(entry))}`,
		foot: '\n]}\n',
	},
	csv: { head: `${columns.join()}\r\n`, line: (entry) => `${csvOf(entry)}\r\n`, foot: '' },
} as const satisfies Readonly<Record<string, Form>>;

export type AuditOutput = keyof typeof auditForms;

/** Throws a Failure that names the formats for a word that is none. */
export function auditOutputOf(word: string): AuditOutput {
	const known = Object.keys(auditForms).find((form) => form === word);
	if (isOutput(known)) return known;
	throw new Failure('usage', `-o ${word}: there are ${Object.keys(auditForms).join(', ')}`);
}

function isOutput(word: string | undefined): word is AuditOutput {
	return word !== undefined && word in auditForms;
}

/** `2026-11-21T03:08:29.118Z #20814 A-0097 olga: approve k8s.isolate-pod payments/pay-7d9f (T2, plan 9f31c2)`. */
function textOf(entry: AuditEntry): string {
	const { seq, step } = entry.kept;
	const [result, why] = [resultOf(entry), whyOf(entry)];
	const tail = `${result && `: ${result}`}${why && ` (${why})`}`;
	const said = `${step.at} #${seq} ${step.id} ${step.actor.name}: ${whatOf(entry)}${tail}`;
	return safeText(said, 'file');
}

function objectOf({
	kept: { seq, step, prev, hash },
}: AuditEntry): Readonly<Record<string, unknown>> {
	return { seq, ...step, prev, hash };
}

function csvOf(entry: AuditEntry): string {
	const { kept, approval } = entry;
	const { seq, step, prev, hash } = kept;
	const { id, rev, at, kind, actor, contentHash, detail } = step;
	const plan = approval?.plan;
	const cells = [
		seq,
		at,
		id,
		rev,
		kind,
		actor.name,
		actor.id,
		actor.from,
		plan?.action,
		approval && targetOf(approval),
		plan?.tier,
		resultOf(entry),
		whyOf(entry),
		contentHash,
		printJson(detail),
		prev,
		hash,
	];
	return cells.map(cell).join();
}

/** A cell that no spreadsheet takes for a formula, on one line, in quotes. */
function cell(value: string | number | undefined): string {
	const text: string = safeText(value ?? '', 'file');
	const harmless = /^[=+\-@]/.test(text) ? `'${text}` : text;
	return `"${harmless.replaceAll('"', '""')}"`;
}
