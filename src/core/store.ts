import type { Step, StepKind } from './approval.ts';

/** The write was too late: somebody else's step stands at that revision. */
export type Conflict = { readonly conflict: Step };

export type StepFilter = {
	readonly id?: string;
	readonly kinds?: readonly StepKind[];
	/** RFC 3339, both inclusive. */
	readonly since?: string;
	readonly until?: string;
	/** Only the last so many; they still come oldest first. */
	readonly last?: number;
};

/** A step with its place in the chain. */
export type Kept = {
	/** Counts from 1 over all ids. */
	readonly seq: number;
	readonly step: Step;
	/** sha-256 of this record's line and of the one before it, hex. */
	readonly hash: string;
	readonly prev: string;
};

export type Verdict =
	| { readonly kind: 'whole'; readonly records: number; readonly head: string }
	| { readonly kind: 'broken'; readonly seq: number; readonly why: string }
	/** The chain is whole as far as it goes, but its end cannot be vouched for. */
	| { readonly kind: 'unanchored'; readonly records: number; readonly why: string };

/** Durable truth about approvals, runs and audit; memory and SQLite pass one conformance suite. */
export type Store = {
	/** Appends iff the last step of `expect.id` has revision `expect.rev` (0: none yet); durable when it resolves. */
	append(
		step: Step,
		expect: { readonly id: string; readonly rev: number },
	): Promise<{ readonly seq: number } | Conflict>;
	last(id: string): Promise<Step | undefined>;
	list(filter: StepFilter): AsyncIterable<Kept>;
	/** Every record after `fromSeq`, those that other processes append too, until `stop` aborts. */
	watch(fromSeq: number, stop: AbortSignal): AsyncIterable<Kept>;
	verify(): Promise<Verdict>;
	/** Signs of life of running deeds: shared by all processes, not part of the chain. */
	readonly leases: Leases;
	/** How far an export went: only what it has may ever be pruned. */
	readonly exported: Exported;
	/** What a run printed: bounded, pruned, not part of the chain. */
	readonly outputs: Outputs;
	close(): Promise<void>;
};

export type Exported = {
	/** Everything up to this record was written out. */
	mark(seq: number): void;
	/** The last such record; 0 where there was no export. */
	through(): number;
};

export type Leases = {
	/** That executor's run of that epoch is alive until then, in milliseconds since the epoch. */
	renew(id: string, epoch: number, until: number): void;
	/** Until when it last said it would be; undefined where it never did. */
	until(id: string, epoch: number): number | undefined;
};

export type Outputs = {
	/** Appends to a run's kept output; beyond its bounds head and tail are kept and the middle is counted. */
	write(run: string, step: number, stream: 'out' | 'err', text: string): void;
	/** Whole lines, oldest first; a `note` stands where the middle was left out. */
	read(run: string): Promise<readonly OutputLine[]>;
	/** The run is over: what has no line end yet is a line too, and the oldest runs' output falls. */
	end(run: string): void;
};

export type OutputLine = {
	readonly step: number;
	readonly stream: 'out' | 'err' | 'note';
	readonly text: string;
};
