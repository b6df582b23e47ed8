import type { AskedNext } from '../core/action.ts';
import type { Actor, Approval, Stage, Step } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { textIn } from '../core/detail.ts';
import { reasonOf } from '../core/errors.ts';
import type { JsonObject, Undo } from '../core/plan.ts';
import type { RunState } from '../core/respond-session.ts';
import { leaseMs } from '../core/stage.ts';
import type { Tools } from '../core/tools.ts';
import { engineActor } from './actors.ts';
import type { AuditLog, Draft } from './audit-log.ts';
import type { Blast } from './blast.ts';
import type { Catalog } from './catalog.ts';
import type { Causes } from './causes.ts';
import type { KillSwitch } from './kill-switch.ts';
import { LiveRun } from './live-run.ts';
import { perform, type Result } from './perform.ts';
import type { Policy } from './policy.ts';

/** Moments at which a test ends the process: right before or after each durable step, and around the effect. */
export const failpoints = [
	'before claim',
	'after claim',
	'after precheck',
	'after reserve',
	'before intend',
	'after intend',
	'before undo',
	'after undo',
	'during run',
	'before end',
	'after end',
] as const;
export type Failpoint = (typeof failpoints)[number];

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
	readonly failpoint?: (at: Failpoint) => void | Promise<void>;
};

/** Signs of life are given this often: three of them within one lease. */
const beatMs = leaseMs / 3;

type Claimed = Extract<Stage, { kind: 'claimed' }>;

/** What this process has claimed: nobody else begins it while the lease holds. */
type Claim = { readonly approval: Approval; readonly epoch: number; readonly until: number };

/**
 * Carries out what was approved, at most once: claim, look again, write the intent, do it, write the outcome. Of all
 * claims only one ever becomes running; where the intent cannot be written nothing runs.
 */
export class Executor {
	/** Is told when a run moves. */
	onChange: () => void = () => {};
	readonly #setup: ExecuteSetup;
	readonly #runs = new Map<string, LiveRun>();
	readonly #working = new Map<string, Promise<void>>();

	constructor(setup: ExecuteSetup) {
		this.#setup = setup;
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
		await this.#reach('before claim');
		const claim = await this.#claim(id);
		if (!claim) return;
		await this.#reach('after claim');
		const stopBeating = this.#beat(claim);
		try {
			const reason = await this.#reasonNotTo(claim);
			if (reason !== undefined) return await this.#end(claim, { outcome: 'refused', reason });
			if (!(await this.#intend(claim))) return;
			await this.#end(claim, await this.#perform(claim));
		} finally {
			stopBeating();
		}
	}

	async #claim(id: string): Promise<Claim | undefined> {
		const { audit, executor, clock } = this.#setup;
		const claimedAt = clock.now();
		let epoch = 0;
		const approval = await audit.step(id, ({ stage, plan, contentHash }) => {
			if (stage.kind !== 'approved') return undefined;
			if (clock.now() >= Date.parse(plan.notAfter)) {
				return { kind: 'expire', actor: engineActor, detail: {} };
			}
			epoch = stage.epoch + 1;
			return { kind: 'claim', actor: engineActor, contentHash, detail: { executor, epoch } };
		});
		const isOurs = approval?.stage.kind === 'claimed' && isBy(approval.stage, executor, epoch);
		return isOurs ? { approval, epoch, until: claimedAt + leaseMs } : undefined;
	}

	/** Everything that may have changed since the yes, the kill switch last of all. */
	async #reasonNotTo(claim: Claim): Promise<string | undefined> {
		const { policy, blast, killSwitch, clock } = this.#setup;
		const { approval } = claim;
		const { plan } = approval;
		if (policy.isReadOnly && plan.tier > 0) return `read-only: ${plan.action} is T${plan.tier}`;
		const changed = await this.#precheck(claim);
		await this.#reach('after precheck');
		if (changed !== undefined) return changed;
		const full = await blast.reserve(approval);
		await this.#reach('after reserve');
		if (full !== undefined) return full;
		if (clock.now() >= Date.parse(plan.notAfter)) return `it expired at ${plan.notAfter}`;
		return killSwitch.reason();
	}

	async #precheck({ approval, until }: Claim): Promise<string | undefined> {
		const { plan } = approval;
		const { clock } = this.#setup;
		const { action } = this.#setup.catalog.find(plan.action);
		if (action.version !== plan.version) return `${plan.action} changed since it was planned`;
		const late = new AbortController();
		const cancel = clock.after(Math.max(0, until - clock.now()), () => late.abort());
		try {
			return await action.precheck(plan, this.#toolsFor(approval), late.signal);
		} catch (error) {
			// Whoever cannot look again does not act on what was seen before.
			return `it could not be looked at again: ${reasonOf(error)}`;
		} finally {
			cancel();
		}
	}

	/** The fence: true for one process only, and only while its lease holds. */
	async #intend(claim: Claim): Promise<boolean> {
		await this.#reach('before intend');
		const { approval, epoch, until } = claim;
		const { executor, clock } = this.#setup;
		const { contentHash } = approval;
		const detail = { executor, epoch, steps: approval.plan.steps.map(({ command }) => command) };
		const after = await this.#record(claim, (stage) =>
			stage.kind === 'claimed' && isBy(stage, executor, epoch)
				? { kind: 'intend', actor: engineActor, contentHash, detail }
				: undefined,
		);
		const isOurs = after?.stage.kind === 'running' && isBy(after.stage, executor, epoch);
		await this.#reach('after intend');
		if (isOurs && clock.now() < until) return true;
		await this.#end(claim, { outcome: 'refused', reason: 'its time ran out before it began' });
		return false;
	}

	async #perform(claim: Claim): Promise<Result> {
		const { audit, catalog, clock, timeoutMs } = this.#setup;
		const { approval } = claim;
		const { action } = catalog.find(approval.plan.action);
		const run = new LiveRun(approval, audit.store.outputs, () => this.onChange());
		this.#runs.set(approval.id, run);
		const tools = this.#toolsFor(approval);
		const result = await perform({
			run,
			progress: action.run(approval.plan, tools, run.killed),
			clock,
			timeoutMs,
			keepUndo: (undo) => this.#keepUndo(claim, undo),
			propose: (asked) => this.#setup.propose(approval, asked),
		});
		run.end(result.outcome === 'ok');
		return result;
	}

	async #keepUndo(claim: Claim, undo: Undo): Promise<void> {
		await this.#reach('before undo');
		const { epoch } = claim;
		await this.#record(claim, (stage) =>
			stage.kind === 'running' && stage.epoch === epoch
				? { kind: 'undo-known', actor: engineActor, detail: { undo, epoch } }
				: undefined,
		);
		await this.#reach('after undo');
	}

	/** A result that cannot be written now is tried again for a lease: after that it counts as unknown to everybody. */
	async #end(claim: Claim, result: Result): Promise<void> {
		await this.#reach('before end');
		const { clock } = this.#setup;
		const until = clock.now() + leaseMs;
		for (;;) {
			try {
				await this.#record(claim, (stage) => this.#endOf(stage, claim, result));
				await this.#reach('after end');
				return;
			} catch (error) {
				if (clock.now() >= until) throw error;
				await new Promise<void>((resolve) => clock.after(1000, resolve));
			}
		}
	}

	#endOf(stage: Stage, { approval, epoch }: Claim, result: Result): Draft | undefined {
		const { executor } = this.#setup;
		const isOpen = stage.kind === 'claimed' || stage.kind === 'running' || stage.kind === 'unknown';
		if (!isOpen || stage.epoch !== epoch) return undefined;
		if (
			stage.kind === 'unknown' &&
			(result.outcome === 'unknown' || result.outcome === 'refused')
		) {
			return undefined;
		}
		const run = this.#runs.get(approval.id)?.state;
		const steps = run?.says.map((says, at) => ({ says, state: run.states[at] ?? 'waiting' })) ?? [];
		const unseen = this.#setup.isSeen() ? {} : { isUnseen: true };
		const lines = run?.lines ?? 0;
		const detail: JsonObject = { ...result, executor, epoch, steps, lines, ...unseen };
		return { kind: 'end', actor: engineActor, detail };
	}

	/** Writes one step of a claim: `decide` sees the stage as it stands, and is asked once that step stands no more. */
	#record({ approval }: Claim, decide: (stage: Stage) => Draft | undefined) {
		return this.#setup.audit.step(approval.id, ({ stage }) => decide(stage));
	}

	#toolsFor({ plan, stage, requestedBy }: Approval): Tools {
		const { causes, tools } = this.#setup;
		const [first = requestedBy] = peopleOf(stage);
		return causes.marking(tools(plan.run, first.name), plan.run);
	}

	#beat({ approval, epoch }: Claim): () => void {
		const { audit, clock } = this.#setup;
		let cancel = () => {};
		const beat = () => {
			audit.store.leases.renew(approval.id, epoch, Math.floor(clock.now()) + leaseMs);
			cancel = clock.after(beatMs, beat);
		};
		beat();
		return () => cancel();
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

	async #reach(at: Failpoint): Promise<void> {
		await this.#setup.failpoint?.(at);
	}
}

function peopleOf(stage: Stage): readonly Actor[] {
	return 'executor' in stage ? stage.by : [];
}

function isBy(
	stage: Claimed | Extract<Stage, { kind: 'running' }>,
	executor: string,
	epoch: number,
) {
	return stage.executor === executor && stage.epoch === epoch;
}
