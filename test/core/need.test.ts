import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needOf } from '../../src/core/need.ts';
import { aPlan } from '../support/an-approval.ts';

const hash = '44ac07de'.repeat(8);
const named = (...names: readonly string[]) => names.map((name) => ({ name, pins: {} }));

for (const [says, plan, expected] of [
	['a T2 takes the key alone', aPlan({ tier: 2 }), { tier: 2, people: 1 }],
	[
		"a T3 takes its target's name",
		aPlan({ tier: 3, targets: named('web12') }),
		{ tier: 3, people: 1, typedName: 'web12' },
	],
	[
		'a name that could look like another is not typed, the hash is',
		aPlan({ tier: 3, targets: named('wеb12') }),
		{ tier: 3, people: 1, typedName: '44ac07' },
	],
	[
		'several targets have no one name',
		aPlan({ tier: 3, targets: named('web12', 'web7') }),
		{ tier: 3, people: 1, typedName: '44ac07' },
	],
	[
		'a T4 takes two people',
		aPlan({ tier: 4, targets: named('web12') }),
		{ tier: 4, people: 2, typedName: 'web12' },
	],
] as const) {
	test(says, () => {
		assert.deepEqual(needOf(plan, hash), expected);
	});
}
