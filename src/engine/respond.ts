import type { AskedNext } from '../core/action.ts';
import type { Actor, Approval, Step } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Redact } from '../core/redact.ts';
import type { FromEngine } from '../core/session.ts';
import type { Store } from '../core/store.ts';
import type { Tools } from '../core/tools.ts';
import { Answers, type Yes } from './approve.ts';
import { AuditLog, type Draft } from './audit-log.ts';
import { Away, endWords } from './away.ts';
import { Blast } from './blast.ts';
import { Caretaker } from './caretaker.ts';
import type { Catalog } from './catalog.ts';
import { Causes } from './causes.ts';
import { Containments } from './containments.ts';
import { Deeds } from './deeds.ts';
import { Executor } from './execute.ts';
import type { OnFailpoint } from './failpoint.ts';
import { KillSwitch } from './kill-switch.ts';
import { Marks } from './marks.ts';
import { Places } from './places.ts';
import { mustNotBeReadOnly, type Policy } from './policy.ts';
import { Proposer } from './propose.ts';
import { Rounds } from './rounds.ts';
import { Suggestions } from './suggestions.ts';
import { Watchman } from './watchman.ts';

export type RespondSetup = {
	readonly store: Store;
	readonly redact: Redact;
	readonly catalog: Catalog;
	readonly policy: Policy;
	readonly tools: (run: string, operator: string) => Tools;
	readonly clock: Clock;
	/** Who sits before this process. */
	readonly operator: Actor;
	/** Whether the machine tells people apart here: a login uid is set. */
	readonly tellsPeopleApart: boolean;
	/** Names this process to all that share the store. */
	readonly executor: string;
	/** Whether the process of such a name can be proved to be gone. */
	readonly isGone: (executor: string) => boolean;
	/** Options of the command line that name this configuration. */
	readonly globals: readonly string[];
	readonly failpoint?: OnFailpoint;
};

type Notice = Extract<FromEngine, { type: 'notice' }>;

/** A run that takes longer is killed. */
const timeoutMs = 30 * 60_000;

/** Everything between a wish and an audited run, on one store: proposals, answers, runs, and what time does to them. */
export class Respond {
	readonly audit: AuditLog;
	readonly answers: Answers;
	readonly blast: Blast;
	readonly causes: Causes;
	readonly deeds: Deeds;
	readonly executor: Executor;
	readonly killSwitch: KillSwitch;
	readonly marks: Marks;
	readonly places: Places;
	readonly proposer: Proposer;
	readonly suggestions: Suggestions;
	readonly setup: RespondSetup;
	/** Is told whenever an approval, a run or a mark changed. */
	onChange: () => void = () => {};
	onNotice: (notice: Notice) => void = () => {};
	/** Is called once a second. */
	onTick: () => void = () => {};
	readonly #away: Away;
	readonly #rounds: Rounds;
	readonly #stop = new AbortController();

	constructor(setup: RespondSetup) {
		const { store, clock, redact, policy } = setup;
		this.setup = setup;
		const audit = new AuditLog(store, clock, redact);
		const killSwitch = new KillSwitch(audit, policy);
		const warn = (text: string) => this.notice('bad', text);
		this.audit = audit;
		this.killSwitch = killSwitch;
		this.causes = new Causes(audit);
		this.marks = new Marks(audit, clock, policy);
		this.suggestions = new Suggestions(audit);
		this.#away = new Away(audit);
		this.proposer = new Proposer({ ...setup, audit });
		this.answers = new Answers({ audit, policy, clock, killSwitch });
		this.deeds = new Deeds({ ...setup, audit, killSwitch, proposer: this.proposer });
		const blast = new Blast(audit, clock, policy.blast);
		this.blast = blast;
		const { causes } = this;
		const isSeen = () => !this.#stop.signal.aborted;
		this.executor = new Executor({
			...setup,
			audit,
			blast,
			killSwitch,
			causes,
			timeoutMs,
			warn,
			isSeen,
			propose: (approval, asked) => this.#proposeNext(approval, asked),
		});
		this.places = new Places(audit, () => this.onChange());
		this.#rounds = this.#roundsOf();
	}

	#roundsOf(): Rounds {
		const { audit, blast, executor, proposer, stopped, setup } = this;
		const warn = (text: string) => this.notice('bad', text);
		const onNotice = (tone: Notice['tone'], text: string) => this.notice(tone, text);
		const caretaker = new Caretaker({ ...setup, audit, executor, warn });
		const watchman = new Watchman(this);
		const containments = new Containments({ ...setup, audit, proposer, stopped, onNotice });
		return new Rounds(setup.clock, [
			() => caretaker.look(),
			() => watchman.look(),
			() => containments.look(),
			() => blast.look().catch(this.#tellTrouble),
			() => this.onTick(),
		]);
	}

	/** Reads the store, and begins to look after what is open. Rejects where the store cannot be read. */
	async start(): Promise<void> {
		this.audit.listen((step) => this.#hear(step));
		this.executor.onChange = () => this.onChange();
		await this.audit.open();
		await this.killSwitch.reason();
		await this.#tellWhatEnded();
		this.#rounds.start();
	}

	/** Lets what is running end and be written down; nothing new is begun. */
	async stop(): Promise<void> {
		this.#rounds.stop();
		this.#stop.abort();
		await this.executor.idle();
		await this.audit.close();
		await this.setup.store.close();
	}

	/** Aborts when the engine ends. */
	get stopped(): AbortSignal {
		return this.#stop.signal;
	}

	/** A yes by this process's operator; what it approves begins at once. Throws a Failure where it does not count. */
	async approve(id: string, yes: Yes, by = this.setup.operator): Promise<Approval> {
		if (this.#stop.signal.aborted) throw new Failure('refused', `${id}: the engine is ending`);
		const approval = await this.answers.approve(id, yes, by);
		if (approval.stage.kind === 'approved') void this.executor.execute(id);
		if (approval.stage.kind === 'proposed') this.#tellOfSecond(id);
		return approval;
	}

	/** Tells a run, wherever it is on its way, to end after its step, to go on after all, or to end now. */
	async order(
		id: string,
		order: 'stop' | 'go-on' | 'kill',
		by = this.setup.operator,
	): Promise<void> {
		mustNotBeReadOnly(this.setup.policy, order === 'kill' ? 2 : 1, `an order to ${id}`);
		const kept = await this.audit.step(id, ({ stage }) => {
			if (stage.kind !== 'running') throw new Failure('refused', `${id} is not on its way`);
			return { kind: 'engine', actor: by, detail: { order } };
		});
		if (!kept) throw new Failure('usage', `there is no run of ${id}`);
	}

	#tellOfSecond(id: string): void {
		const who = this.setup.tellsPeopleApart
			? `${id} waits for a second person`
			: `${id} waits for a second person, who cannot be told apart here: no login uid is set`;
		this.notice('warn', who);
	}

	/** Tells of every run that is on its way that it goes on, and how it ended. */
	tellEnds(say: (text: string) => void): void {
		for (const id of this.executor.active) {
			const run = this.audit.get(id)?.plan.run;
			say(`${run} goes on and is written down; eventctl runs attach ${run} follows it`);
		}
		this.audit.listen(({ id, kind }) => {
			const approval = this.audit.get(id);
			if (kind === 'end' && approval && this.executor.has(id)) say(endWords(approval));
		});
	}

	notice(tone: Notice['tone'], text: string): void {
		this.onNotice({ type: 'notice', tone, text });
	}

	/** Writes down what happened to the engine itself; where even that fails, it is said. */
	async record(draft: Draft): Promise<void> {
		try {
			await this.audit.appendNew('E', draft);
		} catch (error) {
			this.notice('bad', `this could not be written down: ${reasonOf(error)}`);
		}
	}

	/** Why nothing new is begun, for the top of the screen. */
	get banner(): string | undefined {
		if (this.killSwitch.isPulled) return 'everything is stopped: eventctl stop --clear lifts it';
		return this.audit.trouble;
	}

	/** The rest of a playbook: it rests on what the part before it did, and waits for a yes of its own. */
	#proposeNext(approval: Approval, asked: AskedNext): Promise<Approval> {
		const { plan, origin, requestedBy: by } = approval;
		const { action, params, says: why, expiresMs } = asked;
		const { evidence, rule } = plan;
		const request = { action, params, origin, by, evidence, expiresMs, why };
		return this.proposer.propose(rule ? { ...request, rule } : request, this.stopped);
	}

	async #tellWhatEnded(): Promise<void> {
		try {
			for (const text of await this.#away.tell(this.setup.operator)) this.notice('muted', text);
		} catch (error) {
			this.notice('bad', reasonOf(error));
		}
	}

	#hear(step: Step): void {
		const isSwitch = step.kind === 'stop-all' || step.kind === 'clear-stop';
		if (isSwitch) void this.killSwitch.reason().then(this.onChange, this.#tellTrouble);
		this.onChange();
	}

	readonly #tellTrouble = (error: unknown): void => {
		this.notice('bad', `the store cannot be read: ${reasonOf(error)}`);
	};
}
