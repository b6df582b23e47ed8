import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mark } from '../../src/core/respond-session.ts';
import { chips } from '../../src/state/selectors.ts';
import { silenceMistake, silenceOf } from '../../src/state/silence.ts';
import { aModelWith, night, toEngine, told } from '../support/a-model.ts';

function aSilence(text: string): Mark {
	const at = new Date(night).toISOString();
	return { record: 'S-0001', kind: 'silence', by: 'olga', at, text, seqs: [], refs: [] };
}

/** What the engine is asked for once this is silenced. */
function viewOf(filter: string, silence: string): string | undefined {
	const { effects } = told(
		aModelWith(),
		{ type: 'filter.changed', text: filter },
		{ type: 'marks', marks: [aSilence(silence)] },
	);
	const asked = toEngine(effects).findLast(({ type }) => type === 'view.wanted');
	return asked?.type === 'view.wanted' ? asked.filter : undefined;
}

for (const [filter, silence, expected] of [
	['', 'host:web12', '-host:web12'],
	['sev>=err', 'host:web12 sev>=warn', 'sev>=err -(host:web12 sev>=warn)'],
	['sev>=err', '= rc == 0', ''],
	['sev>=err', '(', 'sev>=err'],
] as const) {
	test(`a view of ${filter || 'all'} without what is silenced as ${silence}`, () => {
		const shown = viewOf(filter, silence);
		if (silence.startsWith('=')) assert.match(shown ?? '', /^= \(.*\) && \(!\( rc == 0\)\)$/);
		else assert.equal(shown, expected);
	});
}

test('what is silenced stands among the chips, and is shown while all filters are set aside', () => {
	const { model, effects } = told(
		aModelWith(),
		{ type: 'marks', marks: [aSilence('host:web12')] },
		{ type: 'filter.toggled' },
	);
	assert.deepEqual(chips(model), []);
	const asked = toEngine(effects).findLast(({ type }) => type === 'view.wanted');
	assert.equal(asked?.type === 'view.wanted' && asked.filter, '');
	const on = told(model, { type: 'filter.toggled' }).model;
	assert.deepEqual(
		chips(on).map(({ text }) => text),
		['silenced host:web12'],
	);
});

test('a silence is a length of time and a filter', () => {
	assert.deepEqual(silenceOf('2h host:web12 passwd'), {
		filter: 'host:web12 passwd',
		forMs: 7_200_000,
		at: 3,
	});
	assert.equal(silenceOf('host:web12'), undefined);
	assert.equal(silenceOf('0m host:web12'), undefined);
	assert.equal(silenceMistake('host:web12', night)?.text, 'say how long and what: 2h host:web12');
	assert.equal(silenceMistake('2h (host:web12', night)?.column, 3);
});
