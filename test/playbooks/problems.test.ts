import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playbookProblems } from '../support/a-playbook.ts';

function ofSteps(steps: string): string {
	return (
		playbookProblems(`- name: p\n  input: [{ name: host }]\n  steps:\n    - ${steps}`)[0] ??
		'nothing'
	);
}

for (const [steps, says] of [
	[
		'{ id: a, action: toy.lok, with: {} }',
		/^p.yaml:4:16: p: there is no action toy.lok: did you mean toy.lo/,
	],
	[
		'{ id: a, acton: toy.lock }',
		/^p.yaml:4:\d+: steps.0.*acton is not known: did you mean action|steps.0.action/,
	],
	[
		"{ id: a, action: toy.lock, with: { on: '{{ hots }}' } }",
		/^p.yaml:4:\d+: p: nothing here is called hots: did you mean host/,
	],
	[
		"{ id: a, action: toy.lock, with: { on: '{{ host | uper }}' } }",
		/^p.yaml:4:\d+: p: template, column 11: there is no filter uper/,
	],
	[
		'{ id: a, action: toy.lock, on_error: { goto: b } }',
		/goto leads to no later step called b before the next pause/,
	],
	['{ id: a, action: toy.lock, on_error: { goto: a } }', /goto leads to no later step called a/],
	[
		'{ id: a, action: toy.lock }\n    - { id: a, action: toy.lock }',
		/^p.yaml:5:\d+: p: a is the name of two steps/,
	],
	[
		"{ id: a, action: toy.look, publish: { x: '{{ out }}' } }\n    - { id: b, action: toy.lock, with: { on: '{{ x }}' } }",
		/p: b is T2 and reads what earlier steps give/,
	],
	['{ id: a, action: toy.look, timeout: soon }', /^p.yaml:4:\d+: steps.0.timeout: is no duration/],
	['{ id: a, parallel: [] }', /^p.yaml:4:\d+: steps.0.parallel: /],
] as const) {
	test(`told with its place: ${steps.slice(0, 60)}`, () => assert.match(ofSteps(steps), says));
}

test('a last step above T1 is refused: it runs after a kill too', () => {
	const [says] = playbookProblems(`
- name: p
  steps: [{ id: a, action: toy.look, with: { on: x } }]
  finally: [{ id: b, action: toy.lock, with: { on: x } }]`);
	assert.match(says ?? '', /^p.yaml:4:13: p: b is T2: a last step may be of T1 at most/);
});

test('a jump over a pause is refused: what is behind it needs a yes of its own', () => {
	const [says] = playbookProblems(`
- name: p
  steps:
    - { id: a, action: toy.look, with: { on: x }, on_error: { goto: b } }
    - { id: ask, approve: { prompt: 'go on?' } }
    - { id: b, action: toy.lock, with: { on: x } }`);
	assert.match(says ?? '', /p: goto leads to no later step called b before the next pause/);
});

test('vars are made of inputs only', () => {
	const [says] = playbookProblems(`
- name: p
  vars: { x: '{{ outcome }}' }
  steps: [{ id: a, action: toy.look, with: { on: x } }]`);
	assert.match(says ?? '', /^p.yaml:3:\d+: p: vars are made of inputs only/);
});

test('behind an approval a dangerous step may read what was published before it', () => {
	assert.deepEqual(
		playbookProblems(`
- name: p
  steps:
    - { id: a, action: toy.look, with: { on: x }, publish: { x: '{{ out }}' } }
    - { id: ask, approve: { prompt: 'go on with {{ x }}?' } }
    - { id: b, action: toy.lock, with: { on: '{{ x }}' } }`),
		[],
	);
});

test('rules and playbooks of one file are each their own', () => {
	assert.deepEqual(
		playbookProblems('apiVersion: eventctl/v1\nrules: [nonsense]\nplaybooks: []'),
		[],
	);
});
