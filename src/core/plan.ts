import type { Tier } from './tier.ts';

/** JSON as a plan holds it: what can be hashed, stored and read back without loss. */
export type Json =
	| null
	| boolean
	| number
	| string
	| readonly Json[]
	| { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What a deed touches, and what must still be true of it when the deed is done: uid, boot id, start time. */
export type Target = { readonly name: string; readonly pins: Readonly<Record<string, string>> };

/** One step in words, and the same as a command a person could type. */
export type PlanStep = { readonly says: string; readonly command: string };

/** How a deed is taken back: the inverse with everything it needs, or why there is none. */
export type Undo =
	| { readonly action: string; readonly params: JsonObject; readonly says: string }
	| { readonly none: string };

/** An event a plan rests on: its `ref` and its one-line summary, which is the sender's text. */
export type Evidence = { readonly ref: string; readonly says: string };

/** What a rehearsal said: the server's dry run, `test=True`, `nft -c`. */
export type DryRun = {
	readonly isGood: boolean;
	readonly says: string;
	/** What would change, line by line; `+` and `-` begin lines of a difference. */
	readonly lines: readonly string[];
};

/** What an action's `plan` gives: the deed, pinned. The engine adds the rest of the plan. */
export type Deed = {
	/** The parameters, complete: with them the same deed can be planned again. */
	readonly params: JsonObject;
	readonly targets: readonly Target[];
	readonly steps: readonly PlanStep[];
	/** Sentences: `1 of 6 pods of payments/pay; its service keeps 5 of 6`. */
	readonly blast: readonly string[];
	readonly undo: Undo;
	/** Raised by what was found (more than one target, evicting); never below the action's own. */
	readonly tier?: Tier;
	readonly dryRun?: DryRun;
	/** What the deed does not do here though one could think so: `not enforced here: no CNI enforces policies`. */
	readonly notes?: readonly string[];
	/** The plans it is made of, in the order of `steps`: hashed with it, and run as they stand. */
	readonly parts?: readonly PlanPart[];
};

/** One of the plans that a playbook is made of. */
export type PlanPart = {
	/** The playbook's name for it: `isolate`, `notify[1]`. */
	readonly id: string;
	/** Absent where it is planned when its turn comes; it is then of tier 1 at most and has one step. */
	readonly plan?: Plan;
};

/** One deed, complete and as data: what is shown, what is hashed, what is run. */
export type Plan = Deed & {
	/** The action's kind: `k8s.isolate-pod`. */
	readonly action: string;
	/** The action's version: a newer eventctl does not run an older plan. */
	readonly version: number;
	/** A name of the configuration's own for it: `restart-web`. */
	readonly as?: string;
	readonly tier: Tier;
	readonly evidence: readonly Evidence[];
	readonly rule?: { readonly id: string; readonly version: string };
	/** The run it will be: `R-0097` for approval `A-0097`; own names are made of it. */
	readonly run: string;
	/** The same deed as a command line. */
	readonly command: string;
	/** After so many milliseconds it is asked whether this is still needed; on what contains something. */
	readonly asksAfterMs?: number;
	/** RFC 3339; after it nobody may begin. */
	readonly notAfter: string;
};
