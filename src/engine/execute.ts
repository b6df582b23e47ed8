import type { AskedNext } from '../core/action.ts';
import type { Actor, Approval, Stage, Step } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { textIn } from '../core/detail.ts';
import { reasonOf } from '../core/errors.ts';
import type { JsonObject } from '../core/plan.ts';
import type { RunState } from '../core/respond-session.ts';
import type { Tools } from '../core/tools.ts';
import type { AuditLog } from './audit-log.ts';
import type { Blast } from './blast.ts';
import type { Catalog } from './catalog.ts';
import type { Causes } from './causes.ts';
import { type Claim, Claims } from './claims.ts';
import type { OnFailpoint } from './failpoint.ts';
import type { KillSwitch } from './kill-switch.ts';
import { LiveRun } from './live-run.ts';
import { perform, type Result } from './perform.ts';
import type { Policy } from './policy.ts';
import { Reasons } from './reasons.ts';

export type ExecuteSetup = {
	readonly audit: AuditLog;
	readonly catalog: Catalog;
	readonly policy: Policy;
	readonly blast: Blast;
	readonly killSwitch: KillSwitch;
	readonly causes: Causes;
	readonly clock: Clock;
	readonly tools: (run: string, operator: string) => Tools;
	/** Names this process: `web12/4711/88210`. */
	readonly executor: string;
	/** A run that takes longer is killed; milliseconds. */
	readonly timeoutMs: number;
	/** Whether anybody could see a run end: else the next start tells of it. */
	readonly isSeen: () => boolean;
	/** Proposes what an approval's run asks for next. */
	readonly propose: (approval: Approval, asked: AskedNext) => Promise<unknown>;
	/** Is told of what no approval can tell: that a step could not be written. */
	readonly warn: (says: string) => void;
	readonly failpoint?: OnFailpoint;
};

/**
 * Carries out what was approved, at most once: claim, look again, write the intent, do it, write the outcome. Of all
 * claims only one ever becomes running; where the intent cannot be written nothing runs.
 */
export class Executor {
	/** Is told when a run moves. */
	onChange: () => void = () => {};
	readonly #setup: ExecuteSetup;
	readonly #claims: Claims;
	readonly #reasons: Reasons;
	readonly #runs = new Map<string, LiveRun>();
	readonly #working = new Map<string, Promise<void>>();

	constructor(setup: ExecuteSetup) {
		this.#setup = setup;
		this.#claims = new Claims(setup);
		this.#reasons = new Reasons(setup);
		setup.audit.listen((step) => this.#obey(step));
	}

	/** Whether this process is at work on it. */
	has(id: string): boolean {
		return this.#working.has(id);
	}

	get states(): readonly RunState[] {
		return [...this.#runs.values()].map(({ state }) => state);
	}

	/** The approvals it is at work on. */
	get active(): readonly string[] {
		return [...this.#working.keys()];
	}

	/** Resolves when all that was begun has ended and is written down. */
	async idle(): Promise<void> {
		while (this.#working.size > 0) await Promise.all(this.#working.values());
	}

	/** Carries an approved plan out; resolves when it has ended, or when somebody else has it. Never rejects. */
	execute(id: string): Promise<void> {
		const working = this.#working.get(id) ?? this.#work(id);
		this.#working.set(id, working);
		return working;
	}

	async #work(id: string): Promise<void> {
		try {
			await this.#carryOut(id);
		} catch (error) {
			this.#setup.warn(`${id}: ${reasonOf(error)}`);
		} finally {
			this.#working.delete(id);
			this.#runs.delete(id);
			this.onChange();
		}
	}

	async #carryOut(id: string): Promise<void> {
		const claim = await this.#claims.take(id);
		if (!claim) return;
		const stopBeating = this.#claims.beat(claim);
		try {
			await this.#end(claim, await this.#outcome(claim));
		} finally {
			stopBeating();
		}
	}

	async #outcome(claim: Claim): Promise<Result> {
		const tools = this.#toolsFor(claim.approval);
		const reason = await this.#reasons.against(claim, tools);
		if (reason !== undefined) return { outcome: 'refused', reason };
		if (await this.#claims.intend(claim)) return this.#perform(claim, tools);
		return { outcome: 'refused', reason: 'its time ran out before it began' };
	}

	async #perform(claim: Claim, tools: Tools): Promise<Result> {
		const { audit, catalog, clock, timeoutMs, propose } = this.#setup;
		const { approval } = claim;
		const { action } = catalog.find(approval.plan.action);
		const run = new LiveRun(approval, audit.store.outputs, () => this.onChange());
		this.#runs.set(approval.id, run);
		const result = await perform({
			run,
			progress: action.run(approval.plan, tools, run.killed),
			clock,
			timeoutMs,
			keepUndo: (undo) => this.#claims.keepUndo(claim, undo),
			propose: (asked) => propose(approval, asked),
		});
		run.end(result.outcome === 'ok');
		return result;
	}

	#end(claim: Claim, result: Result): Promise<void> {
		const run = this.#runs.get(claim.approval.id)?.state;
		const steps = run?.says.map((says, at) => ({ says, state: run.states[at] ?? 'waiting' })) ?? [];
		const unseen = this.#setup.isSeen() ? {} : { isUnseen: true };
		const more: JsonObject = { steps, lines: run?.lines ?? 0, ...unseen };
		return this.#claims.end(claim, result, more);
	}

	#toolsFor({ plan, stage, requestedBy }: Approval): Tools {
		const { causes, tools } = this.#setup;
		const [first = requestedBy] = peopleOf(stage);
		return causes.marking(tools(plan.run, first.name), plan.run);
	}

	/** Orders to a run come over the store, so that any console and the command line can give them. */
	#obey(step: Step): void {
		const run = this.#runs.get(step.id);
		const order = textIn(step, 'order');
		if (!run || step.kind !== 'engine') return;
		if (order === 'stop') run.stopAfterStep(`stopped by ${step.actor.name}`);
		if (order === 'go-on') run.stopAfterStep(undefined);
		if (order === 'kill') run.kill(`killed by ${step.actor.name}`);
	}
}

function peopleOf(stage: Stage): readonly Actor[] {
	return 'executor' in stage ? stage.by : [];
}
