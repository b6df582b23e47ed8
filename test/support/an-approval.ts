import type { Actor, Approval } from '../../src/core/approval.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { FromEngine } from '../../src/core/session.ts';
import { storyTime } from './rows.ts';

export const olga: Actor = { id: 'uid:1004', name: 'olga', from: '10.0.0.4 pts/7' };
export const ivan: Actor = { id: 'uid:1007', name: 'ivan' };
export const falcoRule: Actor = { id: 'rule:falco-shell', name: 'falco-shell' };

/** A pod to be isolated; what a test is about it says itself. */
export function aPlan(of: Partial<Plan> = {}): Plan {
	return {
		action: 'k8s.isolate-pod',
		version: 1,
		params: { namespace: 'payments', pod: 'pay-7d9f' },
		targets: [{ name: 'payments/pay-7d9f', pins: { uid: '4f2a9c10-7d1e', node: 'web12' } }],
		steps: [
			{
				says: 'label eventctl/isolate=R-0097',
				command: 'kubectl -n payments label pod pay-7d9f eventctl/isolate=R-0097',
			},
			{ says: 'NetworkPolicy deny in, out', command: 'kubectl -n payments apply -f policy.yaml' },
		],
		blast: ['1 of 6 pods', 'payments stays 5/6', 'no PDB broken'],
		undo: { action: 'k8s.release-pod', params: {}, says: 'release-pod: label and policy go again' },
		tier: 2,
		dryRun: {
			isGood: true,
			says: '2 objects would change',
			lines: ['+ metadata.labels["eventctl/isolate"]: R-0097', '+ NetworkPolicy isolate-r-0097'],
		},
		evidence: [
			{ ref: '01aa', says: 'Terminal shell in container' },
			{ ref: '01ab', says: 'Outbound to C2 list' },
		],
		rule: { id: 'falco-shell', version: '14' },
		run: 'R-0097',
		command: 'eventctl run k8s.isolate-pod payments/pay-7d9f --yes',
		notAfter: new Date(storyTime + 266_000).toISOString(),
		...of,
	};
}

/** A suggestion of the rule about a shell in a container, open. */
export function anApproval(of: Partial<Approval> = {}): Approval {
	const id = of.id ?? 'A-0097';
	const plan = of.plan ?? aPlan({ run: `R-${id.slice(2)}` });
	return {
		id,
		rev: 1,
		plan,
		contentHash: `9f31c2${id.slice(2)}`.padEnd(64, '0'),
		origin: 'rule',
		requestedBy: falcoRule,
		proposedAt: new Date(storyTime + 2000).toISOString(),
		stage: { kind: 'proposed', by: [] },
		undo: plan.undo,
		repeats: 0,
		why: 'Terminal shell in container and 2 within 30 s',
		...of,
	};
}

type Told = Extract<FromEngine, { type: 'approvals' }>;

/** What the engine says of these, each from the row that `bySeq` names. */
export function approvalsTold(list: readonly Approval[], of: Partial<Told> = {}): Told {
	return {
		type: 'approvals',
		list,
		runs: [],
		you: olga,
		bySeq: list.map(({ id }) => [7, id] as const),
		isStopped: false,
		...of,
	};
}
