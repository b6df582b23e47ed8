import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsIn } from '../../src/cli/sample-events.ts';
import { problemText } from '../../src/core/file-problem.ts';
import { compilePlaybooks } from '../../src/playbooks/compile-playbooks.ts';
import { compileRules } from '../../src/rules/compile-rules.ts';
import { disagreement, tried } from '../../src/rules/samples.ts';
import { testFile } from '../support/files.ts';
import { shippedWorld } from '../support/shipped.ts';

/** The YAML blocks of a page that hold what the pattern finds. */
function blocks(page: string, holding: RegExp): readonly string[] {
	const all = testFile(`../${page}`)
		.toString()
		.matchAll(/```yaml\n([^`]*)```/gu);
	return [...all].flatMap(([, text = '']) => (holding.test(text) ? [text] : []));
}

for (const page of ['README.md', 'docs/rules.md']) {
	test(`the rules that ${page} shows are in order, and fire for the samples they name`, () => {
		const { names } = shippedWorld();
		const catalog = { actions: names, playbooks: [], destinations: ['oncall-sms'] };
		const [text] = blocks(page, /match:/u);
		assert.ok(text);
		const { book, problems } = compileRules([{ path: page, text }], catalog, Date.now());
		assert.deepEqual(problems.map(problemText), []);
		for (const { id, spec } of book.rules) {
			for (const want of ['match', 'miss'] as const) {
				for (const file of spec.samples?.[want] ?? []) {
					const events = eventsIn(testFile(`../playbooks/samples/${file}`).toString(), file);
					const twice = Array(spec.count?.at_least ?? 1)
						.fill(events)
						.flat();
					assert.equal(disagreement(want, tried(book, id, twice, catalog)), undefined, file);
				}
			}
		}
	});
}

test('the playbook that docs/rules.md shows is in order', () => {
	const { find, names } = shippedWorld();
	const files = blocks('docs/rules.md', /playbooks:\n/u).map((text) => ({
		path: 'docs/rules.md',
		text,
	}));
	const { playbooks, problems } = compilePlaybooks(files, find, names);
	assert.deepEqual(problems.map(problemText), []);
	assert.deepEqual(
		playbooks.map(({ name }) => name),
		['quarantine'],
	);
});
