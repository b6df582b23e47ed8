import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBook, aShell, now } from '../support/a-rule.ts';

const rule = `
- id: shell
  match: 'format:falco sev>=err host:web*'
  when: '"k8s.pod.name" in fields && fields["proc.cmdline"].contains("bash")'
  count: { at_least: 2, within: 30s, by: [pod] }
  suggest: [{ action: k8s.isolate-pod, with: { pod: '{{ fields["k8s.pod.name"] }}' } }]
`;

test('each criterion is told, those after a missed one too', () => {
	const event = aShell({ severity: 6, fields: { 'proc.cmdline': 'sh' } });
	const [told] = aBook(rule).explain(1, event, now);
	assert.equal(told?.verdict, 'missed');
	assert.deepEqual(
		told?.criteria.map(({ says, isMet }) => [says, isMet]),
		[
			['format:falco', true],
			['sev>=err', false],
			['host:web*', true],
			['"k8s.pod.name" in fields', true],
			['fields["proc.cmdline"].contains("bash")', false],
		],
	);
	assert.equal(told?.because, 'not sev>=err, nor fields["proc.cmdline"].contains("bash")');
});

test('a count that was not reached holds it back, and says how far it was', () => {
	const book = aBook(rule);
	book.consider(1, aShell(), now);
	const [told] = book.explain(1, aShell(), now + 60_000);
	assert.equal(told?.verdict, 'held back');
	assert.equal(told?.because, 'would have fired, but it was number 1 of 2 for pay-7d9f');
});

test('an event it fired for is told as fired', () => {
	const book = aBook(rule);
	book.consider(1, aShell(), now);
	book.consider(2, aShell(), now + 1000);
	assert.equal(book.explain(2, aShell(), now + 90_000)[0]?.verdict, 'fired');
	assert.equal(book.explain(1, aShell(), now + 90_000)[0]?.verdict, 'held back');
});

test('explaining counts nothing', () => {
	const book = aBook(rule);
	for (const seq of [1, 2, 3]) book.explain(seq, aShell(), now);
	assert.deepEqual(book.consider(4, aShell(), now).wishes, []);
});

test('a missing field is named', () => {
	const [told] = aBook(`
- { id: a, match: format:falco, suggest: [{ action: restart-web, with: { x: '{{ gone }}' } }] }`).explain(
		1,
		aShell(),
		now,
	);
	assert.match(told?.because ?? '', /would have fired, but .*gone is not there/);
});

test('an event of our own says which run it came from', () => {
	const book = aBook('- { id: a, match: format:falco, suggest: [{ action: restart-web }] }', {
		causeOf: () => ({ run: 'R-0042', depth: 1 }),
	});
	assert.match(book.explain(1, aShell(), now)[0]?.because ?? '', /run R-0042 of eventctl/);
});
