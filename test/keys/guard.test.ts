import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Token } from '../../src/core/stroke.ts';
import type { Tier } from '../../src/core/tier.ts';
import { heard, judged, newGuard } from '../../src/keys/guard.ts';
import { keyToken } from '../support/a-keyboard.ts';

type At = readonly [
	at: number,
	token: Omit<Extract<Token, { kind: 'key' }>, 'at'> | 'paste' | 'reply' | 'junk',
];

/** The verdict on the last of these tokens, a key aimed at `tier`. */
function verdict(tier: Tier, tokens: readonly At[], isInField = false): string {
	let guard = newGuard;
	let last = '';
	for (const [at, token] of tokens) {
		if (typeof token === 'string') {
			guard = heard(
				guard,
				token === 'paste' ? { kind: token, text: 'a', at } : { kind: token, at },
			);
			continue;
		}
		const step = judged(guard, { ...token, at }, { tier, isInField });
		guard = step.guard;
		last = step.verdict.kind;
	}
	return last;
}

const a = keyToken('a');
const esc = keyToken('esc');
for (const [name, tier, tokens, expected] of [
	['a lone letter above T0 is held', 2, [[0, a]], 'hold'],
	['a lone letter at T0 passes at once', 0, [[0, a]], 'pass'],
	['a letter that came with others never acts above T0', 2, [[0, keyToken('a', false)]], 'drop'],
	[
		'a letter 29 ms behind another never acts above T0',
		2,
		[
			[0, keyToken('j')],
			[29, a],
		],
		'drop',
	],
	[
		'a letter 30 ms behind another is held',
		2,
		[
			[0, keyToken('j')],
			[30, a],
		],
		'hold',
	],
	['a capital never acts above T0', 2, [[0, keyToken('A')]], 'drop'],
	['a digit never acts above T0', 2, [[0, keyToken('1')]], 'drop'],
	['Enter never acts above T0', 2, [[0, keyToken('enter')]], 'drop'],
	[
		'399 ms behind an escape byte nothing acts above T0',
		2,
		[
			[0, esc],
			[399, a],
		],
		'drop',
	],
	[
		'400 ms behind an escape byte the shadow is over',
		2,
		[
			[0, esc],
			[400, a],
		],
		'hold',
	],
	[
		'a bracket in the shadow makes it last',
		2,
		[
			[0, esc],
			[300, keyToken('[')],
			[600, a],
		],
		'drop',
	],
	[
		'a digit in the shadow makes it last',
		2,
		[
			[0, esc],
			[300, keyToken('1')],
			[600, a],
		],
		'drop',
	],
	[
		'a bracket outside a shadow casts none',
		2,
		[
			[0, keyToken('[')],
			[100, a],
		],
		'hold',
	],
	[
		'alt and a key casts a shadow',
		2,
		[
			[0, keyToken('alt+x')],
			[300, a],
		],
		'drop',
	],
	[
		'junk casts a shadow',
		2,
		[
			[0, 'junk'],
			[300, a],
		],
		'drop',
	],
	[
		"a terminal's answer casts a shadow",
		2,
		[
			[0, 'reply'],
			[300, a],
		],
		'drop',
	],
	[
		'a paste casts a shadow, for it may hold its own end',
		2,
		[
			[0, 'paste'],
			[300, a],
		],
		'drop',
	],
	[
		'T0 acts in the shadow',
		0,
		[
			[0, esc],
			[100, a],
		],
		'pass',
	],
	['four keys in 50 ms pass', 0, [0, 10, 20, 30].map((at): At => [at, a]), 'pass'],
	['a fifth key in 50 ms is dropped', 0, [0, 10, 20, 30, 49].map((at): At => [at, a]), 'drop'],
	['a fifth key after 50 ms passes', 0, [0, 10, 20, 30, 50].map((at): At => [at, a]), 'pass'],
] as const satisfies readonly (readonly [string, Tier, readonly At[], string])[]) {
	test(name, () => assert.equal(verdict(tier, tokens), expected));
}

test('in a field many keys at once are only text', () => {
	assert.equal(
		verdict(
			0,
			[0, 1, 2, 3, 4, 5].map((at): At => [at, a]),
			true,
		),
		'pass',
	);
});

test('a burst is told of once', () => {
	let guard = newGuard;
	const told = Array.from({ length: 20 }, (_, at) => {
		const step = judged(guard, { ...a, at }, { tier: 0, isInField: false });
		guard = step.guard;
		return step.verdict.kind === 'drop' && step.verdict.says !== undefined;
	});
	assert.equal(told.filter(Boolean).length, 1);
});
