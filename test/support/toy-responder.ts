import type { Actor, Approval, Stage } from '../../src/core/approval.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { DeedOffer, Mark, RunState } from '../../src/core/respond-session.ts';
import type { Explanation, RuleInfo } from '../../src/core/rule.ts';
import type { FromEngine, ToEngine } from '../../src/core/session.ts';
import type { Kept, OutputLine } from '../../src/core/store.ts';
import type { Waking } from '../../src/core/tools.ts';
import { anApproval, aPlan, olga } from './an-approval.ts';
import { storyTime } from './rows.ts';

type Asked<Type extends ToEngine['type']> = Extract<ToEngine, { type: Type }>;

/** Says what an engine says of approvals, runs and audit; deeds are done at once, unless they are held. */
export class ToyResponder {
	list: readonly Approval[] = [];
	runs: readonly RunState[] = [];
	bySeq: readonly (readonly [number, string])[] = [];
	offers: readonly DeedOffer[] = [];
	marks: readonly Mark[] = [];
	rules: readonly RuleInfo[] = [];
	explanations: readonly Explanation[] = [];
	records: readonly Kept[] = [];
	output: readonly OutputLine[] = [];
	/** Deeds stay running until `ends`. */
	isHeld = false;
	/** What plans for the operator's own deeds are like. */
	planned: Partial<Plan> = {};
	/** What a fire would wake. */
	waking: Waking = { wakes: [{ says: 'rule deploy-note', tier: 0 }], tier: 1 };
	/** Why nothing can be planned. */
	refused: string | undefined;
	#last = 97;
	readonly you: Actor = olga;

	/** Something is suggested for the row. */
	suggest(approval: Approval, seq = 7): FromEngine {
		this.list = [...this.list, approval];
		this.bySeq = [...this.bySeq, [seq, approval.id]];
		return this.told();
	}

	/** An approval becomes what somebody else, or the clock, made of it. */
	becomes(id: string, stage: Stage): FromEngine {
		this.#change(id, (one) => ({ ...one, stage }));
		return this.told();
	}

	ends(id: string, outcome: 'ok' | 'failed' | 'unknown' = 'ok', reason?: string): FromEngine {
		return this.becomes(id, {
			kind: outcome,
			by: [this.you],
			epoch: 1,
			startedAt: storyTime + 20_000,
			endedAt: storyTime + 22_100,
			...(reason !== undefined && { reason }),
		});
	}

	told(): FromEngine {
		const { list, runs, bySeq, you } = this;
		return { type: 'approvals', list, runs, bySeq, you, isStopped: false };
	}

	answer(message: ToEngine): readonly FromEngine[] {
		switch (message.type) {
			case 'approved':
				return this.#approved(message);
			case 'rejected':
				return [
					this.becomes(message.approval, {
						kind: 'rejected',
						by: this.you,
						reason: message.reason,
					}),
				];
			case 'snoozed':
				this.#change(message.approval, (one) => ({
					...one,
					snoozedUntil: new Date(message.untilMs).toISOString(),
				}));
				return [this.told()];
			case 'deed.asked':
				return this.#planned(message.id, { action: message.action });
			case 'edited':
				this.becomes(message.approval, { kind: 'superseded', because: 'changed by olga' });
				return this.#planned(message.id, { params: message.params });
			case 'undo.asked':
				return this.#planned(message.id, { action: 'k8s.release-pod' }, message.approval);
			case 'retry.asked':
				return this.#planned(message.id, {});
			default:
				return this.#looked(message);
		}
	}

	#looked(message: ToEngine): readonly FromEngine[] {
		switch (message.type) {
			case 'deeds.wanted':
				return [{ type: 'deeds', id: message.id, offers: this.offers }];
			case 'output.wanted':
				return [{ type: 'output', approval: message.approval, lines: this.output, leftOut: 0 }];
			case 'audit.wanted': {
				const records = this.records.filter((kept) => JSON.stringify(kept).includes(message.text));
				const verdict = { kind: 'whole', records: this.records.length, head: 'b7e1' } as const;
				return [{ type: 'audit', id: message.id, records, verdict }];
			}
			case 'explain.wanted':
				return [{ type: 'explained', id: message.id, rules: this.explanations }];
			case 'backtest.wanted': {
				const would = [{ seq: 7, says: 'isolate-pod payments/pay-7d9f' }];
				const says = 'would have suggested 1 time';
				const { id, rule } = message;
				return [{ type: 'backtested', id, rule, looked: 12, would, says }];
			}
			case 'waking.wanted': {
				return [{ type: 'waking', id: message.id, ...this.waking }];
			}
			default:
				return this.#marked(message);
		}
	}

	#marked(message: ToEngine): readonly FromEngine[] {
		const mark = { by: this.you.name, at: new Date(storyTime).toISOString(), refs: [] };
		const add = (one: Pick<Mark, 'kind' | 'text' | 'seqs'> & Partial<Mark>) => {
			const record = `${one.kind}-${this.marks.length + 1}`;
			this.marks = [...this.marks, { ...mark, record, ...one }];
		};
		if (message.type === 'acknowledged') add({ kind: 'claim', text: '', seqs: message.seqs });
		else if (message.type === 'noted')
			add({ kind: 'note', text: message.text, seqs: message.seqs });
		else if (message.type === 'silenced')
			add({ kind: 'silence', text: message.filter, seqs: [], untilMs: message.untilMs });
		else if (message.type === 'taken-back')
			this.marks = this.marks.filter(({ record }) => record !== message.record);
		else return [];
		return [{ type: 'marks', marks: this.marks }];
	}

	#approved({ approval: id, contentHash }: Asked<'approved'>): readonly FromEngine[] {
		const approval = this.list.find((one) => one.id === id);
		if (approval?.stage.kind !== 'proposed' || approval.contentHash !== contentHash) {
			return [{ type: 'notice', tone: 'warn', text: `${id}: that came too late` }];
		}
		if (approval.plan.tier === 4) {
			return [this.becomes(id, { kind: 'proposed', by: [this.you] })];
		}
		if (!this.isHeld) {
			const running = this.becomes(id, this.#running());
			return [running, this.ends(id)];
		}
		return [this.becomes(id, this.#running())];
	}

	#running(): Stage {
		const startedAt = storyTime + 20_000;
		return { kind: 'running', by: [this.you], executor: 'bastion', epoch: 1, startedAt };
	}

	#planned(id: number, of: Partial<Plan>, undoes?: string): readonly FromEngine[] {
		if (this.refused !== undefined) return [{ type: 'deed.answered', id, refused: this.refused }];
		this.#last += 1;
		const number = String(this.#last).padStart(4, '0');
		const approval = anApproval({
			id: `A-${number}`,
			plan: aPlan({ run: `R-${number}`, evidence: [], ...this.planned, ...of }),
			origin: undoes === undefined ? 'operator' : 'undo',
			requestedBy: this.you,
			...(undoes !== undefined && { undoes }),
		});
		return [this.suggest(approval), { type: 'deed.answered', id, approval: approval.id }];
	}

	#change(id: string, change: (one: Approval) => Approval): void {
		this.list = this.list.map((one) =>
			one.id === id ? { ...change(one), rev: one.rev + 1 } : one,
		);
	}
}
