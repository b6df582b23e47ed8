import type { Action } from '../../src/core/action.ts';
import type { Actor, Approval, Step } from '../../src/core/approval.ts';
import { Redactor } from '../../src/core/redact.ts';
import type { Store } from '../../src/core/store.ts';
import type { Tier } from '../../src/core/tier.ts';
import { Catalog } from '../../src/engine/catalog.ts';
import type { Policy } from '../../src/engine/policy.ts';
import { Respond, type RespondSetup } from '../../src/engine/respond.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { aBell, type Bell } from './a-bell.ts';
import { noTools, painting, type ToyWorld } from './a-deed.ts';
import { olga } from './an-approval.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export const openPolicy: Policy = {
	protected: [],
	rate: { suggestions: 20, withinMs: 60_000 },
	breaker: 1000,
	containmentMs: 4 * 3_600_000,
	isReadOnly: false,
};

export type ARespond = {
	readonly respond: Respond;
	readonly clock: FakeClock;
	readonly store: Store;
	readonly notices: string[];
	readonly bell: Bell;
	/** Asks for a thing to be painted red. */
	ask(thing: string): Promise<Approval>;
	/** A yes to the plan as it stands, with all that its tier needs. */
	yes(approval: Approval, by?: Actor): Promise<Approval>;
	/** Resolves when it has this stage. */
	becomes(id: string, ...stages: readonly Approval['stage']['kind'][]): Promise<Approval>;
	steps(id: string): Promise<readonly Step[]>;
};

export type RespondOptions = Partial<Omit<RespondSetup, 'policy' | 'clock'>> & {
	readonly actions?: readonly Action[];
	readonly policy?: Partial<Policy>;
	readonly clock?: FakeClock;
	/** Tiers raised, by kind of action. */
	readonly tiers?: Readonly<Record<string, Tier>>;
	/** False where a desk starts it. */
	readonly isStarted?: boolean;
};

/** A started engine of approvals and runs over a toy world. */
export async function aRespond(world: ToyWorld, options: RespondOptions = {}): Promise<ARespond> {
	const { clock = fakeClock(), policy, actions, tiers = {}, isStarted = true } = options;
	const { store = new MemoryStore(new Redactor()) } = options;
	const catalog = new Catalog({ actions: actions ?? [painting(world)], bindings: [], tiers });
	const bell = aBell();
	const notices: string[] = [];
	const respond = new Respond({
		redact: new Redactor(),
		catalog,
		tools: noTools(clock),
		operator: olga,
		tellsPeopleApart: true,
		executor: 'one',
		isGone: () => false,
		globals: [],
		...options,
		store,
		clock,
		policy: { ...openPolicy, ...policy },
	});
	respond.onChange = bell.ring;
	respond.onNotice = ({ text }) => {
		notices.push(text);
		bell.ring();
	};
	respond.audit.listen(bell.ring);
	if (isStarted) await respond.start();
	const never = new AbortController().signal;
	return {
		respond,
		clock,
		store,
		notices,
		bell,
		ask: (target) => respond.deeds.ask({ action: 'toy.paint', target }, olga, never),
		yes: ({ id, contentHash, plan: { targets } }, by) =>
			respond.approve(
				id,
				{ contentHash, typedName: targets[0]?.name, reason: 'because' },
				by ?? respond.setup.operator,
			),
		async becomes(id, ...stages) {
			const is = () => stages.includes(respond.audit.get(id)?.stage.kind ?? 'proposed');
			await bell.until(`${id} is ${stages.join(' or ')}`, is);
			const approval = respond.audit.get(id);
			if (!approval) throw new Error(`${id} is forgotten`);
			return approval;
		},
		async steps(id) {
			const steps: Step[] = [];
			for await (const { step } of store.list({ id })) steps.push(step);
			return steps;
		},
	};
}
