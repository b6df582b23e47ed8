import { canonicalJson, contentHash } from '../codec/canonical.ts';
import { Refusal } from '../core/action.ts';
import type { Actor, Approval } from '../core/approval.ts';
import type { Cause } from '../core/cause.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { foldApproval } from '../core/fold.ts';
import type { Deed, Evidence, JsonObject, Plan, PlanPart } from '../core/plan.ts';
import { planIn } from '../core/plan-in.ts';
import type { Redact } from '../core/redact.ts';
import { highest, type Tier } from '../core/tier.ts';
import type { Tools } from '../core/tools.ts';
import type { AuditLog } from './audit-log.ts';
import { type Catalog, type Entry, tierWith } from './catalog.ts';
import { maxDepth } from './causes.ts';
import { commandLine } from './command-line.ts';
import { type Policy, protectedBy } from './policy.ts';
import type { Escalation } from './suggestions.ts';

/** A deed somebody wants: not yet planned. */
export type Request = {
	/** An action's kind, or a name of the configuration's own. */
	readonly action: string;
	readonly params: JsonObject;
	readonly origin: Approval['origin'];
	readonly by: Actor;
	readonly evidence: readonly Evidence[];
	/** How long it may wait for its yes, in milliseconds. */
	readonly expiresMs: number;
	readonly why?: string;
	readonly rule?: { readonly id: string; readonly version: string };
	/** What a rule's suggestion is about: one at a time. */
	readonly key?: string;
	/** The approval whose run it takes back. */
	readonly undoes?: string;
	/** Whom to tell, and when, where nobody answers. */
	readonly escalate?: Escalation | undefined;
	/** What made the event it answers, where that was ourselves. */
	readonly cause?: Cause | undefined;
};

/** A plan with the number it would be proposed under. */
export type Drafted = {
	readonly id: string;
	readonly plan: Plan;
	readonly contentHash: string;
	readonly request: Request;
	readonly depth: number;
};

export type ProposeSetup = {
	readonly audit: AuditLog;
	readonly catalog: Catalog;
	readonly policy: Policy;
	readonly clock: Clock;
	readonly redact: Redact;
	readonly tools: (run: string, operator: string) => Tools;
	/** Options of the command line that name this configuration. */
	readonly globals: readonly string[];
};

const begun: readonly Approval['stage']['kind'][] = ['approved', 'claimed', 'running'];

/** Plans what is wanted and proposes the plan; nothing is changed in the world by that. */
export class Proposer {
	readonly #setup: ProposeSetup;

	constructor(setup: ProposeSetup) {
		this.#setup = setup;
	}

	/** Throws a Refusal or a Failure where there can be no plan; nothing is proposed then. */
	async propose(request: Request, stop: AbortSignal): Promise<Approval> {
		for (;;) {
			const approval = await this.submit(await this.draft(request, stop));
			if (approval) return approval;
		}
	}

	/** A plan that is only looked at so far. */
	async draft(request: Request, stop: AbortSignal): Promise<Drafted> {
		const depth = (request.cause?.depth ?? 0) + 1;
		if (depth > maxDepth) {
			throw new Refusal(
				`${request.cause?.run} caused it, the last of ${maxDepth} runs in a row: the chain ends here`,
			);
		}
		const id = this.#setup.audit.newId('A');
		const plan = await this.#plan(request, `R-${id.slice(2)}`, stop);
		this.#mustBeAlone(plan);
		return { id, plan, contentHash: contentHash(plan), request, depth };
	}

	/** The same deed is not begun beside itself; messages may be sent twice. */
	#mustBeAlone({ action, params, tier }: Plan): void {
		const own = canonicalJson(params);
		const other = this.#setup.audit.approvals.find(
			({ stage, plan }) =>
				begun.includes(stage.kind) && plan.action === action && canonicalJson(plan.params) === own,
		);
		if (tier < 2 || other === undefined) return;
		const { run } = other.plan;
		throw new Refusal(`${run} is at it already: eventctl runs attach ${run} follows it`);
	}

	async #plan(request: Request, run: string, stop: AbortSignal): Promise<Plan> {
		const { catalog, tools, clock, redact, policy } = this.#setup;
		const entry = catalog.find(request.action);
		const { action } = entry;
		const params = action.parse({ ...request.params, ...entry.params });
		const deed = await action.plan(params, tools(run, request.by.name), stop);
		const tier = this.#tierOf(tierWith(entry, request.params), deed, request);
		const plan: Plan = {
			...deed,
			action: action.kind,
			version: action.version,
			...(entry.isBound ? { as: entry.name } : {}),
			tier,
			evidence: request.evidence,
			...(request.rule ? { rule: request.rule } : {}),
			run,
			command: this.#command(entry, deed, tier),
			...(this.#contains(entry, deed) ? { asksAfterMs: policy.containmentMs } : {}),
			notAfter: new Date(clock.now() + request.expiresMs).toISOString(),
		};
		return withoutSecrets(plan, redact);
	}

	#tierOf(
		tier: Tier,
		deed: Pick<Plan, 'params' | 'targets'> & { readonly tier?: Tier },
		{ origin }: Request,
	): Tier {
		const found = protectedBy(this.#setup.policy, deed);
		const planned = highest(tier, deed.tier);
		if (found === undefined || planned === 0) return planned;
		if (origin === 'rule') throw new Refusal(`${found} is protected: no rule touches it`);
		return origin === 'undo' ? planned : 4;
	}

	/** A playbook contains what one of its parts does. */
	#contains({ action }: Entry, { undo, parts = [] }: Deed): boolean {
		const { catalog } = this.#setup;
		const isPart = ({ plan }: PlanPart) => plan && catalog.find(plan.action).action.contains;
		return !('none' in undo) && (action.contains === true || parts.some(isPart));
	}

	#command(entry: Entry, deed: Pick<Plan, 'params' | 'targets'>, tier: Tier): string {
		const { action, name, params: bound } = entry;
		const { params, targets } = deed;
		const { globals } = this.#setup;
		return commandLine({ action, name, params, targets, tier, bound, globals });
	}

	/** Undefined where another process took the number meanwhile: names within the plan are made of it. */
	async submit(drafted: Drafted): Promise<Approval | undefined> {
		const { id, plan, request, depth } = drafted;
		const { origin, by, why, undoes, key, rule, escalate } = request;
		const detail = {
			plan,
			origin,
			...(why === undefined ? {} : { why }),
			...(undoes === undefined ? {} : { undoes }),
			...(rule && key !== undefined ? { rule: rule.id, key } : {}),
			...(escalate ? { escalateAfterMs: escalate.afterMs, escalateTo: escalate.to } : {}),
			depth,
		};
		const draft = { kind: 'propose', actor: by, contentHash: drafted.contentHash, detail } as const;
		const answer = await this.#setup.audit.append(id, draft, 0);
		return 'conflict' in answer ? undefined : foldApproval([answer]);
	}
}

/** What is hashed is what is stored; a deed that cannot be done without a secret in its parameters is none. */
function withoutSecrets(plan: Plan, redact: Redact): Plan {
	const shown = planIn(redact.object(plan));
	if (shown && contentHash(deedOf(shown)) === contentHash(deedOf(plan))) return shown;
	throw new Failure(
		'config',
		`${plan.action}: its parameters hold a secret: name it by file:, env: or cmd:`,
	);
}

function deedOf({ params, targets, undo }: Plan) {
	return { params, targets, undo };
}
