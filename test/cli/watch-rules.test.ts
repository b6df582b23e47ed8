import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RulesInForce } from '../../src/cli/rules-in-force.ts';
import { watchRules } from '../../src/cli/watch-rules.ts';
import { aBell } from '../support/a-bell.ts';
import { catalog, compiled } from '../support/a-rule.ts';
import { fakeClock } from '../support/fake-clock.ts';

const good = '- { id: a, match: x, suggest: [{ action: restart-web }], samples: {} }';

function inForce(text: string): RulesInForce {
	const { book, problems } = compiled(text);
	return { book, problems, catalog, playbooks: [], files: [{ path: 'r', location: '/r', text }] };
}

/** A watch over one file, whose text the test changes. */
function watched() {
	const clock = fakeClock();
	const bell = aBell();
	const stop = new AbortController();
	const told: string[] = [];
	let text = good;
	const watch = watchRules(
		{
			load: async () => {
				bell.ring();
				if (text === 'gone') throw new Error('the folder is gone');
				return inForce(text);
			},
			first: inForce(good),
			clock,
			onRules: ({ book }) => told.push(book.rules.map(({ id }) => id).join()),
			onTrouble: (says) => told.push(says),
		},
		stop.signal,
	);
	return {
		told,
		/** Writes the file and lets the next look go by. */
		async write(changed: string) {
			text = changed;
			for (const _look of [1, 2]) {
				await clock.until('the pause', () => clock.pending().length > 0);
				clock.advance(2000);
			}
			await clock.until('the next pause', () => clock.pending().length > 0);
		},
		async end() {
			stop.abort();
			await watch;
		},
	};
}

test('rules that changed are put to work once', async () => {
	const { told, write, end } = watched();
	await write(good);
	await write(good.replace('id: a', 'id: b'));
	await end();
	assert.deepEqual(told, ['b']);
});

test('while anything is wrong the rules before stay at work, and it is said once why', async () => {
	const { told, write, end } = watched();
	await write(good.replace('match: x', "match: 'sev>=er'"));
	await write('gone');
	await write(good.replace('id: a', 'id: c'));
	await end();
	assert.match(
		told[0] ?? '',
		/^the rules before stay at work: rules.yaml:1:\d+: match: .*did you mean err/,
	);
	assert.match(told[1] ?? '', /^the rules before stay at work: the folder is gone/);
	assert.deepEqual(told.slice(2), ['c']);
});
