import { printJson } from '../codec/json.ts';
import type { Approval } from '../core/approval.ts';
import type { Decoded } from '../core/criterion.ts';
import { textIn } from '../core/detail.ts';
import { proposed, stepped } from '../core/fold.ts';
import { severityOf } from '../core/severity.ts';
import type { Kept } from '../core/store.ts';

/** A record with the approval it belongs to, as the record left it. */
export type AuditEntry = { readonly kept: Kept; readonly approval?: Approval };

/** The records in order, each with what it is about; they have to begin with the first. */
export async function* entriesOf(records: AsyncIterable<Kept>): AsyncGenerator<AuditEntry> {
	const approvals = new Map<string, Approval>();
	for await (const kept of records) {
		const { step } = kept;
		const before = approvals.get(step.id);
		const approval = before ? stepped(before, step) : proposed(step);
		if (approval) approvals.set(step.id, approval);
		yield approval ? { kept, approval } : { kept };
	}
}

/** What was done, in words: `approve k8s.isolate-pod payments/pay-7d9f (T2, plan 9f31c2)`. May quote hostile text. */
export function whatOf({ kept, approval }: AuditEntry): string {
	const { kind } = kept.step;
	if (!approval) return [kind, saidIn(kept)].filter((part) => part !== '').join(' ');
	const { plan, contentHash } = approval;
	const deed = `${plan.action} ${targetOf(approval)}`.trim();
	if (kind === 'approve') return `approve ${deed} (T${plan.tier}, plan ${contentHash.slice(0, 6)})`;
	return `${kind === 'end' ? `run ${plan.run}` : kind} ${deed}`;
}

export function targetOf({ plan }: Approval): string {
	return plan.targets.map(({ name }) => name).join(', ');
}

/** How it ended, with how long it took: `ok 2.1 s`; empty for what is no end. */
export function resultOf({ kept, approval }: AuditEntry): string {
	const { kind } = kept.step;
	if (!approval || !(kind === 'end' || kind === 'lose' || kind === 'settle')) return '';
	const { stage } = approval;
	const isTimed = 'endedAt' in stage && stage.startedAt !== undefined;
	const took = isTimed ? ` ${((stage.endedAt - (stage.startedAt ?? 0)) / 1000).toFixed(1)} s` : '';
	return `${stage.kind}${took}`;
}

/** The reason that was given; empty where there was none. */
export function whyOf({ kept: { step } }: AuditEntry): string {
	const given = ['reason', 'note', 'why', 'because'].map((name) => textIn(step, name));
	return given.find((text) => text !== undefined) ?? '';
}

/** What a record that belongs to no approval says of itself. */
function saidIn({ step }: Kept): string {
	const said = ['text', 'says', 'filter', 'tag', 'order'].map((name) => textIn(step, name));
	return said.find((text) => text !== undefined) ?? printJson(step.detail);
}

/** The record as the filter's grammar takes an event: words are looked for in what was done and in all that was written. */
export function asEvent(entry: AuditEntry): Decoded {
	const { kept, approval } = entry;
	const { step } = kept;
	const summary = whatOf(entry);
	const data = { ...step, seq: kept.seq, prev: kept.prev, hash: kept.hash };
	const run = approval ? [approval.plan.run] : [];
	const rule = approval?.plan.rule?.id;
	return {
		kind: 'event',
		source: 'audit',
		format: 'audit',
		severity: severityOf(severities[resultOf(entry).split(' ')[0] ?? ''] ?? 'info') ?? 0,
		time: BigInt(Date.parse(step.at)) * 1_000_000n,
		tag: `audit/${step.kind}/${step.id}`,
		isTransportTag: false,
		body: Buffer.from(`${summary} ${printJson(data)}`),
		data,
		fields: fieldsOf(entry),
		facts: {
			who: step.actor.name,
			user: step.actor.name,
			summary,
			ids: [step.id, ...run],
			...(rule === undefined ? {} : { rule }),
		},
	};
}

const severities: Readonly<Record<string, string>> = {
	failed: 'err',
	unknown: 'err',
	refused: 'warn',
};

/** Names of the filter beside those that every event has: `what:approve who:olga outcome:failed`. */
function fieldsOf(entry: AuditEntry): Readonly<Record<string, unknown>> {
	const { kept, approval } = entry;
	const { id, kind, actor } = kept.step;
	const of = approval && {
		action: approval.plan.action,
		target: targetOf(approval),
		tier: approval.plan.tier,
	};
	const outcome = resultOf(entry).split(' ')[0];
	return {
		id,
		what: kind,
		who: actor.name,
		why: whyOf(entry),
		...of,
		...(outcome ? { outcome } : {}),
	};
}
