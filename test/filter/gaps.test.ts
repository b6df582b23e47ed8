import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownFormat } from '../../src/core/format.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { aRow } from '../support/events.ts';
import { shows } from '../support/oracle.ts';

const now = Date.parse('2026-11-21T03:10:00Z');
const gap = aRow({
	kind: 'gap',
	source: 'salt',
	format: ownFormat,
	tag: '',
	time: BigInt(now - 60_000) * 1_000_000n,
});

const decisions: readonly (readonly [filter: string, isSeen: boolean])[] = [
	['', true],
	['passwd', true],
	['-passwd', true],
	['/re/ host:web12 rc!=0', true],
	['-(host:web12 or rc:0)', true],
	['sev>=crit', true],
	['-sev>=crit', true],
	['tag:nothing', true],
	['= false', true],
	['src:salt passwd', true],
	['src:falco', false],
	['-src:salt', false],
	['src:falco or passwd', true],
	['src:falco or src:nats', false],
	['-(src:salt passwd)', true],
	['-(src:salt or passwd)', false],
	['format:falco', true],
	['-format:falco', true],
	['kind:gap', true],
	['kind:event', false],
	['-kind:gap', false],
	['since:5m', true],
	['since:30s', false],
	['until:03:08 passwd', false],
];

for (const [filter, isSeen] of decisions) {
	test(`a gap is ${isSeen ? 'seen' : 'hidden'} under ${filter || 'no filter'}`, () => {
		assert.equal(shows(compileFilter(filter, now), gap), isSeen);
	});
}

test('a gap that a sender told of is asked for its format', () => {
	const known = { ...gap, format: 'salt' };
	assert.ok(!shows(compileFilter('format:falco', now), known));
	assert.ok(!shows(compileFilter('-format:salt', now), known));
});
