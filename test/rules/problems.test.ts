import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemText } from '../../src/core/file-problem.ts';
import { aShell, compiled, now } from '../support/a-rule.ts';

function problemsOf(text: string): readonly string[] {
	return compiled(text)
		.problems.filter(({ isWarning }) => !isWarning)
		.map(problemText);
}

const suggest = 'suggest: [{ action: restart-web }]';

for (const [name, text, says] of [
	[
		'a misspelt key',
		`- id: a\n  mtach: x\n  match: y\n  ${suggest}`,
		/^rules.yaml:2:3: mtach is not known: did you mean match\?$/,
	],
	[
		'a misspelt inner key',
		`- id: a\n  match: y\n  count: { at_leas: 2, within: 3s }\n  ${suggest}`,
		/^rules.yaml:3:\d+: count.at_least?: .*|at_leas is not known: did you mean at_least/,
	],
	[
		'a misspelt key of a suggestion',
		'- id: a\n  match: y\n  suggest:\n    - { action: restart-web, wiht: {} }',
		/^rules.yaml:4:\d+: suggest.0.wiht is not known: did you mean with\?$/,
	],
	[
		'an unknown action',
		'- id: a\n  match: y\n  suggest: [{ action: k8s.isolat-pod }]',
		/^rules.yaml:3:23: there is no action k8s.isolat-pod: did you mean k8s.isolate-pod\?$/,
	],
	[
		'an unknown playbook',
		'- id: a\n  match: y\n  suggest: [{ playbook: contain-hots }]',
		/did you mean contain-host/,
	],
	[
		'an unknown destination',
		'- id: a\n  match: y\n  notify: [{ to: oncal-sms, text: x }]',
		/no destination oncal-sms: did you mean oncall-sms/,
	],
	[
		'a filter nobody can read',
		`- id: a\n  match: 'sev>=er host:x'\n  ${suggest}`,
		/^rules.yaml:2:16: match: .*did you mean err/,
	],
	[
		'a regex that could take for ever',
		`- id: a\n  match: '/(a+)+\\1/'\n  ${suggest}`,
		/^rules.yaml:2:\d+: match: back-references/,
	],
	[
		'a condition that could take for ever',
		`- id: a\n  match: x\n  when: tag.matches("(a+)+$")\n  ${suggest}`,
		/^rules.yaml:3:13: when: matches may take for ever: write re/,
	],
	[
		'an unknown name in a condition',
		`- id: a\n  match: x\n  when: severty < 3\n  ${suggest}`,
		/^rules.yaml:3:9: when: CEL knows no severty: did you mean severity/,
	],
	[
		'a template nobody can read',
		"- id: a\n  match: x\n  suggest:\n    - action: restart-web\n      with: { pod: '{{ pod | uper }}' }",
		/^rules.yaml:5:30: template: there is no filter uper here: did you mean upper/,
	],
	[
		'no duration',
		`- id: a\n  match: x\n  cooldown: soon\n  ${suggest}`,
		/^rules.yaml:3:3: cooldown: is no duration/,
	],
	['an empty match', `- id: a\n  match: ''\n  ${suggest}`, /^rules.yaml:2:3: match: is empty/],
	['a rule for nothing', '- id: a\n  match: x', /^rules.yaml:1:3: this: suggests nothing/],
	[
		'a newer file',
		'apiVersion: eventctl/v9\nrules: []',
		/^rules.yaml:1:1: apiVersion eventctl\/v9 is not/,
	],
	[
		'a misspelt section',
		'apiVersion: eventctl/v1\nruels: []',
		/^rules.yaml:2:1: ruels is not known: did you mean rules/,
	],
	['broken YAML', '- id: a\n  match: [', /^rules.yaml:2:\d+: YAML/],
	[
		'an id twice',
		`- { id: a, match: x, ${suggest} }\n- { id: a, match: y, ${suggest} }`,
		/^rules.yaml:2:5: a is already the name of the rule at rules.yaml:1:3/,
	],
] as const) {
	test(`${name} is told with its place`, () => {
		const problems = problemsOf(text);
		assert.match(problems[0] ?? 'nothing', says);
	});
}

test('a caret stands below the letter', () => {
	const [problem] = compiled(`- id: a\n  match: 'x /a(?=b)/'\n  ${suggest}`).problems;
	assert.equal(problem?.caret, 'x /a(?=b)/\n    ^');
});

test('a bad rule is told, and the others work on', () => {
	const { book, problems } = compiled(`
- { id: bad, match: 'sev>=nope', ${suggest} }
- { id: good, match: format:falco, ${suggest}, samples: { match: [x] } }`);
	assert.equal(problems.length, 1);
	assert.deepEqual(
		book.info().map(({ id, state }) => [id, state]),
		[
			['good', 'on'],
			['bad', 'broken'],
		],
	);
	assert.equal(book.consider(1, aShell(), now).wishes.length, 1);
});

test('a rule without samples is a warning', () => {
	const { problems } = compiled(`- { id: a, match: x, ${suggest} }`);
	assert.deepEqual(
		problems.map(({ says, isWarning }) => [says.slice(0, 16), isWarning]),
		[['a has no samples', true]],
	);
});
