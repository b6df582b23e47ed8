import { Redactor } from '../../src/core/redact.ts';
import { Catalog } from '../../src/engine/catalog.ts';
import type { Failpoint } from '../../src/engine/failpoint.ts';
import { Respond } from '../../src/engine/respond.ts';
import { openStore } from '../../src/store/open.ts';
import { aWorld, noTools, painting } from './a-deed.ts';
import { openPolicy } from './a-respond.ts';
import { olga } from './an-approval.ts';
import { hastened } from './hastened-clock.ts';

export type OnDisk = {
	readonly folder: string;
	readonly executor: string;
	/** When the clock all processes share agreed with the machine's. */
	readonly began: number;
	/** The effect of a run. */
	readonly effect?: (run: string) => void;
	readonly failpoint?: (at: Failpoint) => void;
};

/** Approvals and runs on a store that several processes share, started. */
export async function respondOnDisk({ folder, executor, began, effect, failpoint }: OnDisk) {
	const clock = hastened(began);
	const redact = new Redactor();
	const paint = painting(aWorld('door'), { during: async ({ run }) => effect?.(run) });
	const respond = new Respond({
		store: await openStore({ kind: 'sqlite', path: folder }, {}, { clock, redact }),
		redact,
		clock,
		catalog: new Catalog({ actions: [paint], bindings: [], tiers: {} }),
		policy: openPolicy,
		tools: noTools(clock),
		operator: olga,
		tellsPeopleApart: true,
		executor,
		isGone: () => false,
		globals: [],
		...(failpoint ? { failpoint } : {}),
	});
	await respond.start();
	return respond;
}
