import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aBook, aShell, now } from '../support/a-rule.ts';

const shell = `
- id: falco-shell
  match: 'format:falco rule:"Terminal shell*" sev>=notice'
  when: '"k8s.pod.name" in fields'
  suggest:
    - action: k8s.isolate-pod
      with: { namespace: '{{ fields["k8s.ns.name"] }}', pod: '{{ pod }}', at: '{{ evt.time }}' }
      expires: 5m
  notify: [{ to: oncall-sms, text: '{{ severity }} {{ who }} {{ summary }}' }]
  cooldown: 10m
  escalate: { after: 2m, to: team-slack }
`;

test('an event becomes complete wishes, its values in their own types', () => {
	const { wishes, troubles } = aBook(shell).consider(7, aShell(), now);
	assert.deepEqual(troubles, []);
	const [isolate, sms] = wishes;
	assert.equal(isolate?.action, 'k8s.isolate-pod');
	assert.equal(
		JSON.stringify(isolate?.params),
		'{"namespace":"payments","pod":"pay-7d9f","at":"1786000000120394857"}',
	);
	assert.equal(isolate?.expiresMs, 300_000);
	assert.equal(isolate?.cooldownMs, 600_000);
	assert.deepEqual(isolate?.seqs, [7]);
	assert.deepEqual(isolate?.escalate, { afterMs: 120_000, to: 'team-slack' });
	assert.match(isolate?.rule.version ?? '', /^[0-9a-f]{6}$/);
	assert.deepEqual(
		[sms?.use, sms?.action, sms?.params['text']],
		['notify', 'oncall-sms', 'crit web12/payments bash -i'],
	);
});

test('an event that misses a criterion makes nothing', () => {
	const book = aBook(shell);
	assert.deepEqual(book.consider(1, aShell({ severity: 6 }), now).wishes, []);
	assert.deepEqual(book.consider(2, aShell({ format: 'json' }), now).wishes, []);
});

test('a template that names a missing field is told, and what it was for is not run; the rest is', () => {
	const event = aShell({ fields: { 'k8s.ns.name': undefined } });
	const { wishes, troubles } = aBook(shell).consider(1, event, now);
	assert.deepEqual(
		wishes.map(({ action }) => action),
		['oncall-sms'],
	);
	assert.match(
		troubles[0]?.says ?? '',
		/falco-shell: k8s.isolate-pod: .*fields\["k8s.ns.name"\] is not there/,
	);
});

test('a prefilter holds for whatever any rule may want', () => {
	const book = aBook(`${shell}
- { id: other, match: 'tag:ops/*', suggest: [{ action: restart-web }] }`);
	assert.equal(
		book.filter?.text,
		'(format:falco rule:"Terminal shell*" sev>=notice) or (tag:ops/*)',
	);
	assert.equal(book.filter?.criterion.kind, 'or');
});

test('no rules want nothing', () => {
	assert.equal(aBook('[]').filter, undefined);
});

test('the version is of what the rule says, not of how it is written or of its samples', () => {
	const versions = [
		"- { id: a, match: 'sev>=err  host:x', suggest: [{ action: restart-web }] }",
		'- id: a\n  suggest: [{ action: restart-web, with: {} }]\n  match: sev>=err host:x\n  samples: { match: [a.json] }',
		"- { id: a, match: 'sev>=warn host:x', suggest: [{ action: restart-web }] }",
	].map((text) => aBook(text).info()[0]?.version);
	assert.equal(versions[0], versions[1]);
	assert.notEqual(versions[0], versions[2]);
});

const counting = `
- id: burst
  match: format:falco
  count: { at_least: 3, within: 30s, by: [k8s.ns.name, pod] }
  suggest: [{ action: k8s.isolate-pod, with: { pod: '{{ pod }}' } }]
`;

test('a count waits for enough of the same within its time', () => {
	const book = aBook(counting);
	const at = (seq: number, seconds: number, fields = {}) =>
		book.consider(seq, aShell({ fields }), now + seconds * 1000).wishes;
	assert.deepEqual(at(1, 0), []);
	assert.deepEqual(at(2, 1, { 'k8s.ns.name': 'other' }), []);
	assert.deepEqual(at(3, 10), []);
	assert.deepEqual(at(4, 31), [], 'the first has fallen out of the window');
	const [wish] = at(5, 32);
	assert.deepEqual(wish?.seqs, [3, 4, 5]);
	assert.equal(wish?.key, 'k8s.isolate-pod payments/pay-7d9f');
});

test('an event without a field to count by counts nowhere', () => {
	const book = aBook(counting);
	for (const seq of [1, 2, 3, 4]) {
		assert.deepEqual(book.consider(seq, aShell({ fields: { 'k8s.ns.name': '' } }), now).wishes, []);
	}
});

test('a rule keeps off what our own runs brought about, unless it asks, and chains end', () => {
	const rule = (own: boolean) =>
		`- { id: a, match: format:falco, own: ${own}, suggest: [{ action: restart-web }] }`;
	const fired = (own: boolean, depth: number) =>
		aBook(rule(own), { causeOf: () => ({ run: 'R-0001', depth }) }).consider(1, aShell(), now)
			.wishes.length;
	assert.deepEqual([fired(false, 1), fired(true, 1), fired(true, 2), fired(true, 3)], [0, 1, 1, 0]);
});

test('a rule that overruns its budget three times is suspended, and says so', () => {
	let ms = 0;
	const book = aBook('- { id: slow, match: format:falco, suggest: [{ action: restart-web }] }', {
		elapsedMs: () => (ms += 51),
	});
	const found = [1, 2, 3, 4].map((seq) => book.consider(seq, aShell(), now));
	assert.deepEqual(
		found.map(({ troubles }) => troubles[0]?.isSuspended),
		[false, false, true, undefined],
	);
	assert.deepEqual(
		found.flatMap(({ wishes }) => wishes),
		[],
	);
	assert.match(found[2]?.troubles[0]?.says ?? '', /slow: .*suspended/);
	assert.equal(book.info()[0]?.state, 'suspended');
	assert.match(
		book.explain(5, aShell(), now)[0]?.because ?? '',
		/would have fired, but .*suspended/,
	);
});

test('what it saw and fired for is counted', () => {
	const book = aBook(shell);
	book.consider(1, aShell(), now);
	book.consider(2, aShell({ severity: 7 }), now);
	const [info] = book.info();
	assert.deepEqual([info?.seen, info?.fired, info?.lastFiredAt], [1, 1, now]);
	assert.deepEqual(info?.suggests, ['k8s.isolate-pod', 'oncall-sms']);
});
