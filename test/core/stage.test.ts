import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	type Actor,
	type Stage,
	type Step,
	stepKinds,
	type Terms,
} from '../../src/core/approval.ts';
import { advance } from '../../src/core/stage.ts';
import { aStep, engine, stepEpoch } from '../support/a-step.ts';
import { ivan, olga } from '../support/an-approval.ts';

const terms: Terms = {
	contentHash: 'hash',
	tier: 2,
	requester: olga.id,
	notAfter: stepEpoch + 240_000,
};
const claim = (ms = 0, epoch = 1) => aStep('claim', { ms, detail: { executor: 'e1', epoch } });
const intend = (ms = 0, epoch = 1) => aStep('intend', { ms, detail: { executor: 'e1', epoch } });
const end = (outcome: string, epoch = 1) =>
	aStep('end', { ms: 5000, detail: { epoch, outcome, reason: 'because' } });
const approve = (actor: Actor = olga, ms = 0) => aStep('approve', { actor, ms });

const proposed: Stage = { kind: 'proposed', by: [] };

function after(steps: readonly Step[], given: Partial<Terms> = {}): Stage {
	return steps.reduce<Stage>(
		(stage, step) => advance(stage, step, { ...terms, ...given }),
		proposed,
	);
}

function stays(steps: readonly Step[], step: Step, given: Partial<Terms> = {}): void {
	const stage = after(steps, given);
	assert.equal(advance(stage, step, { ...terms, ...given }), stage);
}

describe('an approval', () => {
	test('goes from a key to an outcome', () => {
		const stage = after([approve(), claim(1000), intend(2000), end('ok')]);
		assert.deepEqual(stage, {
			kind: 'ok',
			by: [olga],
			executor: 'e1',
			epoch: 1,
			reason: 'because',
			startedAt: stepEpoch + 2000,
			endedAt: stepEpoch + 5000,
		});
	});

	test('is not moved by a second press', () => {
		stays([approve()], approve());
		stays([approve()], approve(ivan));
	});

	test('needs the hash of the plan that was seen', () => {
		stays([], { ...approve(), contentHash: 'another' });
		stays([approve()], { ...claim(), contentHash: 'another' });
		stays([approve(), claim()], { ...intend(), contentHash: 'another' });
	});

	test('is too late from its expiry on, at each step to the fence', () => {
		const last = 240_000 - 1;
		assert.equal(after([approve(olga, last)]).kind, 'approved');
		stays([], approve(olga, last + 1));
		stays([approve()], claim(last + 1));
		stays([approve(), claim(last)], intend(last + 1));
		stays([], aStep('expire', { ms: last }));
		assert.deepEqual(after([aStep('expire', { ms: last + 1 })]), { kind: 'expired' });
	});

	test('is ended by one rejection, also after the yes, and by nothing once it is claimed', () => {
		const reject = aStep('reject', { actor: ivan, detail: { reason: 'no' } });
		const supersede = aStep('supersede', { detail: { because: 'edited' } });
		assert.deepEqual(after([approve(), reject]), { kind: 'rejected', by: ivan, reason: 'no' });
		assert.deepEqual(after([supersede]), { kind: 'superseded', because: 'edited' });
		stays([approve(), claim()], reject);
		stays([approve(), claim()], supersede);
	});

	test('above T1 takes a yes from people only', () => {
		stays([], approve(engine));
		assert.equal(after([approve(engine)], { tier: 1 }).kind, 'approved');
	});
});

describe('at T4', () => {
	const tier = 4;
	test('two people have to say yes', () => {
		assert.deepEqual(after([approve(olga)], { tier }), { kind: 'proposed', by: [olga] });
		assert.equal(after([approve(olga), approve(ivan)], { tier }).kind, 'approved');
	});

	test('one person is one, however often', () => {
		stays([approve(olga)], approve(olga), { tier });
	});

	test('whoever asked is never the second', () => {
		stays([approve(ivan)], approve(olga), { tier });
	});
});

describe('a claim', () => {
	test('is one more than the last', () => {
		stays([approve()], claim(0, 2));
		stays([approve()], claim(0, 0));
		const release = aStep('release', { ms: 30_000, detail: { epoch: 1 } });
		assert.deepEqual(after([approve(), claim(), release, claim(31_000, 2)]), {
			kind: 'claimed',
			by: [olga],
			executor: 'e1',
			epoch: 2,
			leaseUntil: stepEpoch + 61_000,
		});
	});

	test('is released by anybody when its lease is over, and by nobody before', () => {
		const release = (ms: number) => aStep('release', { ms, detail: { epoch: 1 } });
		stays([approve(), claim()], release(29_999));
		assert.equal(after([approve(), claim(), release(30_000)]).kind, 'approved');
	});

	test('is begun by its executor only, within its lease', () => {
		const foreign = aStep('intend', { detail: { executor: 'e2', epoch: 1 } });
		stays([approve(), claim()], foreign);
		stays([approve(), claim()], intend(0, 2));
		stays([approve(), claim()], intend(30_000));
		assert.equal(after([approve(), claim(), intend(29_999)]).kind, 'running');
	});

	test('may end refused, and not otherwise, before it is begun', () => {
		const refused = after([approve(), claim(), end('refused')]);
		assert.deepEqual([refused.kind, 'startedAt' in refused], ['refused', false]);
		for (const outcome of ['ok', 'failed', 'unknown']) stays([approve(), claim()], end(outcome));
	});
});

describe('a run', () => {
	const running = [approve(), claim(), intend()];
	const lose = aStep('lose', { ms: 40_000, detail: { epoch: 1, reason: 'silent for 30 s' } });

	test('that began never begins again', () => {
		for (const step of [
			intend(),
			claim(0, 2),
			aStep('release', { ms: 90_000, detail: { epoch: 1 } }),
		]) {
			stays(running, step);
			stays([...running, lose], step);
		}
	});

	test('is ended by its own epoch only', () => {
		stays(running, end('ok', 2));
		stays(running, end('nonsense'));
		assert.equal(after([...running, end('failed')]).kind, 'failed');
	});

	test('that was lost is unknown until its own late result or a person settles it', () => {
		const unknown = after([...running, lose]);
		assert.equal(unknown.kind, 'unknown');
		assert.equal(after([...running, lose, end('ok')]).kind, 'ok');
		stays([...running, lose], end('ok', 2));
		stays([...running, lose], end('refused'));
		const settle = aStep('settle', { actor: ivan, detail: { note: 'pod is gone' } });
		assert.deepEqual(after([...running, lose, settle]), {
			kind: 'settled',
			by: ivan,
			note: 'pod is gone',
		});
		stays([...running, lose], { ...settle, detail: {} });
		stays([...running, lose], { ...settle, actor: engine });
	});

	test('that has an outcome keeps it', () => {
		for (const outcome of ['ok', 'failed', 'refused']) {
			for (const kind of stepKinds) {
				stays(
					[...running, end(outcome)],
					aStep(kind, { ms: 1, detail: { epoch: 1, outcome: 'ok' } }),
				);
			}
		}
	});
});
