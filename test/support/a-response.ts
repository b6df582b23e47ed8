import type { Step } from '../../src/core/approval.ts';
import type { RuleInfo } from '../../src/core/rule.ts';
import type { FromEngine } from '../../src/core/session.ts';
import type { Kept } from '../../src/core/store.ts';
import { anApproval, aPlan, approvalsTold, falcoRule, ivan, olga } from './an-approval.ts';
import { storyTime } from './rows.ts';

const soon = (ms: number) => new Date(storyTime + ms).toISOString();

const shell = anApproval();
const lockdown = anApproval({
	id: 'A-0098',
	plan: aPlan({
		action: 'host.lockdown',
		run: 'R-0098',
		targets: [{ name: 'web12', pins: { boot: 'b1d2-77' } }],
		steps: [
			{ says: 'nft ruleset on web12', command: 'nft -f /run/eventctl/R-0098.nft' },
			{ says: 'revert by itself after 60 s without eventctl confirm', command: 'systemd-run …' },
			{ says: 'tag the host as locked', command: 'eventctl fire incident/web12/locked' },
		],
		blast: ['1 host', 'your path bastion → web12:22 stays open'],
		undo: { action: 'host.unlock', params: { host: 'web12' }, says: 'unlock: the saved ruleset' },
		notAfter: soon(197_000),
		command: 'eventctl run host.lockdown web12 --yes',
	}),
});
const drain = anApproval({
	id: 'A-0099',
	origin: 'operator',
	requestedBy: olga,
	plan: aPlan({
		action: 'k8s.drain-node',
		tier: 3,
		run: 'R-0099',
		targets: [{ name: 'web12', pins: { uid: '77d1c0de', bootID: '9c1e' } }],
		steps: [
			{ says: 'cordon web12', command: 'kubectl cordon web12' },
			{
				says: 'evict 14 pods, PDBs respected, 10 min at most',
				command: 'kubectl drain web12 --timeout=10m',
			},
		],
		blast: ['1 node', '14 pods', 'payments 5→4', 'cart stays 2: its PDB keeps 1 pod on the node'],
		undo: { none: 'uncordon reopens the node, the pods do not come back' },
		evidence: [],
		notAfter: soon(1_715_000),
		command: 'eventctl run k8s.drain-node web12 --confirm web12 --reason "…"',
	}),
});
const block = anApproval({
	id: 'A-0096',
	plan: aPlan({
		action: 'edge.block-cidr',
		tier: 4,
		run: 'R-0096',
		targets: [{ name: '203.0.113.0/24', pins: {} }],
		blast: ['edge firewall'],
		notAfter: soon(425_000),
	}),
	stage: { kind: 'proposed', by: [ivan] },
});
const running = anApproval({
	id: 'A-0095',
	plan: { ...lockdown.plan, run: 'R-0095', targets: [{ name: 'web7', pins: {} }] },
	stage: {
		kind: 'running',
		by: [olga],
		executor: 'bastion',
		epoch: 1,
		startedAt: storyTime + 10_000,
	},
});
const done = anApproval({
	id: 'A-0094',
	plan: aPlan({ run: 'R-0094' }),
	stage: {
		kind: 'ok',
		by: [olga],
		epoch: 1,
		startedAt: storyTime - 60_000,
		endedAt: storyTime - 57_900,
	},
});
const lost = anApproval({
	id: 'A-0093',
	plan: aPlan({ run: 'R-0093', targets: [{ name: 'payments/pay-x2c1', pins: {} }] }),
	stage: {
		kind: 'unknown',
		by: [ivan],
		epoch: 1,
		startedAt: storyTime - 200_000,
		endedAt: storyTime - 170_000,
		reason: 'started 03:02:52 on r1, no heartbeat for 30 s; the pod is gone',
	},
});

/** What the engine says of a night with some suggestions, a run, and what ran before. */
export const storyApprovals = approvalsTold([shell, lockdown, drain, block, running, done, lost], {
	bySeq: [
		[7, 'A-0097'],
		[7, 'A-0098'],
		[8, 'A-0097'],
	],
	limits: [['A-0097', '1 of 3 runs in 10 min in namespace payments']],
	runs: [
		{
			approval: 'A-0095',
			step: 1,
			states: ['done', 'running', 'waiting'],
			says: ['old ruleset saved as #4411', 'waiting for a new login', ''],
			lines: 214,
			isStopping: false,
		},
	],
});

export const storyOutput: FromEngine = {
	type: 'output',
	approval: 'A-0095',
	leftOut: 0,
	lines: [
		{ step: 0, stream: 'out', text: 'nft -f /run/eventctl/R-0095.nft' },
		{ step: 0, stream: 'out', text: 'table inet lockdown: 11 rules added' },
		{ step: 0, stream: 'note', text: 'probe bastion → web7:22 ok 1.2 ms' },
		{ step: 1, stream: 'err', text: 'nobody has confirmed yet' },
	],
};

function kept(seq: number, step: Partial<Step> & Pick<Step, 'id' | 'kind'>): Kept {
	const at = new Date(storyTime - (20 - seq) * 8000).toISOString();
	const whole = { rev: 1, at, actor: olga, detail: {}, ...step };
	return {
		seq,
		step: whole,
		hash: `b7e1${seq}`.padEnd(64, '0'),
		prev: `44ac${seq}`.padEnd(64, '0'),
	};
}

export const storyRecords: readonly Kept[] = [
	kept(9, { id: 'A-0094', kind: 'propose', actor: falcoRule, detail: { why: '2 events' } }),
	kept(10, { id: 'A-0094', kind: 'approve', rev: 2, detail: { reason: 'INC-4471' } }),
	kept(11, { id: 'A-0094', kind: 'intend', rev: 4 }),
	kept(12, { id: 'A-0094', kind: 'end', rev: 5, detail: { outcome: 'ok' } }),
	kept(13, { id: 'C-0003', kind: 'acknowledge', detail: { refs: ['01aa', '01ab'] } }),
	kept(14, { id: 'N-0004', kind: 'note', detail: { refs: ['01aa'], text: 'nginx roll-out' } }),
	kept(15, { id: 'A-0093', kind: 'lose', rev: 5, detail: { reason: 'no heartbeat for 30 s' } }),
];

export function auditTold(id: number): FromEngine {
	return {
		type: 'audit',
		id,
		records: storyRecords,
		verdict: { kind: 'whole', records: 20_817, head: 'b7e1' },
	};
}

const aRule = (of: Partial<RuleInfo>): RuleInfo => ({
	id: 'falco-shell',
	version: '14',
	origin: 'rules/falco.yaml:3:1',
	match: 'format:falco rule:"Terminal shell in container" sev>=notice',
	says: 'and "k8s.pod.name" in fields, at least 2 within 30 s by namespace and pod',
	suggests: ['k8s.isolate-pod {namespace, pod}, open 5 min', 'playbook:contain-host {host}'],
	hasSamples: true,
	state: 'on',
	seen: 260,
	fired: 3,
	lastFiredAt: storyTime + 1000,
	...of,
});

export const storyRules: FromEngine = {
	type: 'rules',
	rules: [
		aRule({}),
		aRule({ id: 'salt-high-load', version: '3', seen: 812, fired: 0, hasSamples: false }),
		aRule({
			id: 'crypto-miner',
			version: '2',
			state: 'suspended',
			reason: 'it took more than 50 ms for an event three times',
			fired: 1,
			lastFiredAt: storyTime - 3_600_000,
		}),
	],
};
