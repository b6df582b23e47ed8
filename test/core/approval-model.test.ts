import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Actor, Stage } from '../../src/core/approval.ts';
import { advance } from '../../src/core/stage.ts';
import { stepEpoch } from '../support/a-step.ts';
import { type Advance, exploreApproval, type Protocol } from './approval-model.ts';

describe('in every order of steps, deaths and delays', () => {
	test('an approved plan is done at most once, and told truly', () => {
		const { violation, worlds } = exploreApproval(advance, { tier: 2 });
		assert.equal(violation, undefined);
		assert.ok(worlds > 5000, `${worlds} worlds`);
	});

	test('so is one that needs two people', () => {
		assert.equal(exploreApproval(advance, { tier: 4 }).violation, undefined);
	});
});

/** A table that is right but where `wrong` has something else to say. */
function but(wrong: (...given: Parameters<Advance>) => Stage | undefined): Advance {
	return (stage, step, terms) => wrong(stage, step, terms) ?? advance(stage, step, terms);
}

function approvedAgain({
	by,
	epoch,
}: {
	readonly by: readonly Actor[];
	readonly epoch: number;
}): Stage {
	return { kind: 'approved', by, epoch };
}

const isStale = (time: number) => time > stepEpoch;

const tables: readonly (readonly [string, string, Advance, (2 | 4)?])[] = [
	[
		'lets a run that fell silent be claimed anew',
		'done twice',
		but((stage, step) =>
			stage.kind === 'running' && step.kind === 'release' && isStale(Date.parse(step.at))
				? approvedAgain(stage)
				: undefined,
		),
	],
	[
		'lets a lost run begin again',
		'done twice',
		but((stage, step) =>
			stage.kind === 'running' && step.kind === 'lose' ? approvedAgain(stage) : undefined,
		),
	],
	[
		'lets an unknown run be claimed',
		'done twice',
		but((stage, step) =>
			stage.kind === 'unknown' && step.kind === 'release' ? approvedAgain(stage) : undefined,
		),
	],
	[
		'takes a yes to another plan',
		'done though nobody saw that plan',
		but((stage, step, { contentHash, ...terms }) =>
			step.kind === 'approve' && step.contentHash
				? advance(stage, step, { ...terms, contentHash: step.contentHash })
				: undefined,
		),
	],
	[
		'takes a yes from the engine',
		'done without a person',
		but((stage, step, terms) =>
			step.kind === 'approve' ? advance(stage, step, { ...terms, tier: 1 }) : undefined,
		),
	],
	[
		'counts one person twice',
		'done with too few people',
		but((stage, step, _terms) =>
			stage.kind === 'proposed' && step.kind === 'approve' && stage.by.length === 1
				? { kind: 'approved', by: [...stage.by, step.actor], epoch: 0 }
				: undefined,
		),
		4,
	],
	[
		'needs one person where it needs two',
		'done with too few people',
		but((stage, step, terms) =>
			step.kind === 'approve' ? advance(stage, step, { ...terms, tier: 2 }) : undefined,
		),
		4,
	],
	[
		'takes whoever asked as the second',
		'done with whoever asked as the second',
		but((stage, step, terms) =>
			step.kind === 'approve' ? advance(stage, step, { ...terms, requester: 'nobody' }) : undefined,
		),
		4,
	],
	[
		'takes a no after it began',
		'done, and told as rejected',
		but((stage, step) =>
			stage.kind === 'running' && step.kind === 'reject'
				? { kind: 'rejected', by: step.actor, reason: 'no' }
				: undefined,
		),
	],
	[
		'lets an expired plan begin',
		'begun after its expiry',
		but((stage, step, terms) =>
			advance(stage, step, { ...terms, notAfter: Number.POSITIVE_INFINITY }),
		),
	],
	[
		'takes the end of another epoch',
		'done, and told as refused',
		but((stage, step, terms) =>
			stage.kind === 'running' && step.kind === 'end'
				? advance(stage, { ...step, detail: { ...step.detail, epoch: stage.epoch } }, terms)
				: undefined,
		),
	],
	[
		'lets an outcome be lost',
		'ok became unknown',
		but((stage, step) =>
			stage.kind === 'ok' && step.kind === 'lose' ? { ...stage, kind: 'unknown' } : undefined,
		),
	],
	[
		'forgets that a run can be lost',
		'nothing more happens, and it is running',
		but((stage, step) => (step.kind === 'lose' ? stage : undefined)),
	],
	[
		'never releases a claim',
		'nothing more happens, and it is claimed',
		but((stage, step) => (step.kind === 'release' ? stage : undefined)),
	],
];

describe('the model sees a table that', () => {
	for (const [what, says, table, tier = 2] of tables) {
		test(what, () =>
			assert.equal(exploreApproval(table, { tier, seeks: says }).violation?.says, says),
		);
	}
});

const protocols: readonly (readonly [string, string, Partial<Protocol>])[] = [
	['writes without looking who was faster', 'done twice', { comparesAndSets: false }],
	['believes in a step that moved nothing', 'done after it was told as rejected', { folds: false }],
	['acts before its intent is written', 'done twice', { intends: 'after' }],
	[
		'acts, whatever clock and store say of its intent',
		'done twice',
		{ intends: 'whatever the answer', checksLease: false },
	],
	['trusts a disk that forgets what it took', 'done twice', { isDurable: false }],
	['takes up what it finds running', 'done twice', { leavesRunning: false }],
	['tells the outcome before the deed', 'ok without an effect', { ends: 'before' }],
	['looks at no clock before it acts', 'done after it was told as unknown', { checksLease: false }],
];

describe('the model sees an executor that', () => {
	for (const [what, says, behaviour] of protocols) {
		test(what, () =>
			assert.equal(
				exploreApproval(advance, { tier: 2, seeks: says, ...behaviour }).violation?.says,
				says,
			),
		);
	}
});
