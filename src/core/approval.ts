import type { Json, Plan, Undo } from './plan.ts';
import type { Tier } from './tier.ts';

/** Who did something, as far as the machine can tell: a login uid is a person, the rest are hints. */
export type Actor = {
	/** `uid:1004` for a person, and only for one; else `engine`, `rule:falco-shell`. */
	readonly id: string;
	readonly name: string;
	/** Hints: tty, SSH_CONNECTION, SUDO_USER. */
	readonly from?: string;
};

/** One record of the store: a transition and its audit in one durable write. `rev` counts from 1 per `id`. */
export type Step = {
	/** `A-0097` for approvals and their runs; `N-…` notes, `C-…` claims, `S-…` silences, `E-…` the engine's own. */
	readonly id: string;
	readonly rev: number;
	/** RFC 3339, UTC, with milliseconds. */
	readonly at: string;
	readonly kind: StepKind;
	readonly actor: Actor;
	/** The hash of the plan as the step saw it; absent where there is no plan. `propose`, `approve`, `claim` and `intend` carry it. */
	readonly contentHash?: string;
	/** What the kind tells; see docs/safety.md, and more where a reader may want it. */
	readonly detail: Readonly<Record<string, Json>>;
};

export const stepKinds = [
	'propose',
	'approve',
	'reject',
	'expire',
	'supersede',
	'claim',
	'release',
	'intend',
	'undo-known',
	'end',
	'lose',
	'settle',
	'escalate',
	'repeat',
	'snooze',
	'note',
	'acknowledge',
	'silence',
	'unsilence',
	'fire',
	'notify',
	'gap',
	'stop-all',
	'clear-stop',
	'engine',
	'recovered',
] as const;
export type StepKind = (typeof stepKinds)[number];

export type Outcome = 'ok' | 'failed' | 'refused' | 'unknown';

/** Where an approval's life stands: the fold of its steps. */
export type Stage =
	| { readonly kind: 'proposed'; readonly by: readonly Actor[] }
	/** `epoch`: how often it was claimed before; the next claim takes one more. */
	| { readonly kind: 'approved'; readonly by: readonly Actor[]; readonly epoch: number }
	| {
			readonly kind: 'claimed';
			readonly by: readonly Actor[];
			readonly executor: string;
			readonly epoch: number;
			/** Milliseconds since the epoch. */
			readonly leaseUntil: number;
	  }
	| {
			readonly kind: 'running';
			readonly by: readonly Actor[];
			readonly executor: string;
			readonly epoch: number;
			/** Milliseconds since the epoch, as is `endedAt`. */
			readonly startedAt: number;
	  }
	| {
			readonly kind: Outcome;
			readonly by: readonly Actor[];
			readonly executor?: string;
			readonly epoch: number;
			readonly reason?: string;
			readonly startedAt?: number;
			readonly endedAt: number;
	  }
	| { readonly kind: 'settled'; readonly by: Actor; readonly note: string }
	| { readonly kind: 'rejected'; readonly by: Actor; readonly reason: string }
	| { readonly kind: 'expired' }
	| { readonly kind: 'superseded'; readonly because: string };

/** An approval as it stands: its plan, its stage, and what is known of its run. */
export type Approval = {
	readonly id: string;
	readonly rev: number;
	readonly plan: Plan;
	readonly contentHash: string;
	readonly origin: 'rule' | 'operator' | 'undo' | 'script';
	readonly requestedBy: Actor;
	/** RFC 3339. */
	readonly proposedAt: string;
	readonly stage: Stage;
	/** What takes it back, as last stored. */
	readonly undo: Undo;
	/** The approval whose run this one takes back. */
	readonly undoes?: string;
	/** How often the same was suggested again while it was open. */
	readonly repeats: number;
	readonly snoozedUntil?: string;
	readonly why?: string;
};

/** What stays the same through all stages of one approval, and what its steps are judged by. */
export type Terms = {
	readonly contentHash: string;
	readonly tier: Tier;
	/** The id of the actor who asked for it. */
	readonly requester: string;
	/** Milliseconds since the epoch: from then on nobody may approve, claim or begin. */
	readonly notAfter: number;
};

/** What approving it needs beside the key. */
export type Need = { readonly tier: Tier; readonly people: 1 | 2; readonly typedName?: string };
