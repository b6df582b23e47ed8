import type { RespondFromEngine } from '../core/respond-session.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Respond } from './respond.ts';

export type NewsSetup = {
	readonly respond: Respond;
	readonly rehearsal: Rehearsal;
	readonly send: (message: RespondFromEngine) => void;
	/** Is told what went wrong with what nobody waits for. */
	readonly onTrouble: (error: unknown) => void;
};

/** What changed is told at most so often, and the last change always; milliseconds. */
const paceMs = 100;

/** What one console is told unasked: how approvals, runs, marks and rules stand, and what the run it watches prints. */
export class News {
	readonly #setup: NewsSetup;
	#watched: string | undefined;
	#linesSent = -1;
	#marksSent = '';
	#rulesSent = '';
	#limitsSent = '';
	#sentAt = Number.NEGATIVE_INFINITY;
	#isStale = true;
	#isClosed = false;
	#cancelTimer: (() => void) | undefined;

	constructor(setup: NewsSetup) {
		this.#setup = setup;
		this.touch();
	}

	/** Something changed. */
	touch(): void {
		this.#isStale = true;
		this.look();
	}

	/** Time passed: what that changes is told. */
	look(): void {
		if (this.#cancelTimer || this.#isClosed) return;
		const { clock } = this.#setup.respond.setup;
		const due = Math.max(0, this.#sentAt + paceMs - clock.now());
		this.#cancelTimer = clock.after(due, () => this.#sendAll());
	}

	/** Tells how approvals stand at once: a console is shown a plan before it is told of it. */
	showApprovals(): void {
		this.#isStale = true;
		this.#sendApprovals();
	}

	/** From now on the output of this approval's run is told. */
	async watch(approval: string): Promise<void> {
		this.#watched = approval;
		this.#linesSent = -1;
		await this.#sendOutput();
	}

	close(): void {
		this.#isClosed = true;
		this.#cancelTimer?.();
	}

	#sendAll(): void {
		this.#cancelTimer = undefined;
		this.#sentAt = this.#setup.respond.setup.clock.now();
		this.#sendApprovals();
		this.#sendMarks();
		this.#sendRules();
		void this.#sendOutput().catch(this.#setup.onTrouble);
	}

	#sendApprovals(): void {
		const { respond, rehearsal, send } = this.#setup;
		const banner = respond.banner ?? rehearsal.banner;
		const limits = respond.blast.says;
		const passing = JSON.stringify([banner, limits]);
		if (!this.#isStale && passing === this.#limitsSent) return;
		this.#isStale = false;
		this.#limitsSent = passing;
		send({
			type: 'approvals',
			list: respond.audit.approvals,
			runs: respond.executor.states,
			you: respond.setup.operator,
			limits,
			bySeq: respond.places.open,
			isStopped: respond.killSwitch.isPulled,
			...(banner === undefined ? {} : { banner }),
		});
	}

	#sendMarks(): void {
		const marks = this.#setup.respond.marks.all;
		const text = JSON.stringify(marks);
		if (text === this.#marksSent) return;
		this.#marksSent = text;
		this.#setup.send({ type: 'marks', marks });
	}

	#sendRules(): void {
		const rules = this.#setup.rehearsal.info();
		const text = JSON.stringify(rules);
		if (text === this.#rulesSent) return;
		this.#rulesSent = text;
		this.#setup.send({ type: 'rules', rules });
	}

	async #sendOutput(): Promise<void> {
		const watched = this.#watched;
		if (watched === undefined) return;
		const { respond, send } = this.#setup;
		const run = respond.executor.states.find(({ approval }) => approval === watched);
		if (run && run.lines === this.#linesSent) return;
		this.#linesSent = run?.lines ?? 0;
		// What is over has said all: it is sent once more, and then no longer.
		if (!run) this.#watched = undefined;
		const lines = await respond.audit.store.outputs.read(`R-${watched.slice(2)}`);
		const leftOut = Math.max(0, this.#linesSent - lines.length);
		send({ type: 'output', approval: watched, lines, leftOut });
	}
}
