import type { Facts } from '../../src/core/facts.ts';
import type { BrokenRow, EventRow, GapRow, SourceState } from '../../src/core/session.ts';

/** 2026-11-21 03:06:12 UTC, in milliseconds: when the stories of the screen's tests happen. */
export const storyTime = Date.UTC(2026, 10, 21, 3, 6, 12);

export function nanoseconds(ms: number): bigint {
	return BigInt(ms) * 1_000_000n;
}

/** A job's failed return on Salt; what a test is about it says itself. */
export function anEvent(
	of: Partial<Omit<EventRow, 'facts'>> & { facts?: Partial<Facts> } = {},
): EventRow {
	return {
		kind: 'event',
		seq: 1,
		source: 'salt',
		format: 'salt',
		severity: 'err',
		time: nanoseconds(storyTime),
		arrived: nanoseconds(storyTime),
		tag: 'salt/job/20261121030602118843/ret/web12',
		bytes: 18_640,
		...of,
		facts: { who: 'web12', summary: 'state.apply rc=2', ids: [], ...of.facts },
	};
}

export function aGap(of: Partial<GapRow> = {}): GapRow {
	return {
		kind: 'gap',
		seq: 2,
		source: 'st2',
		arrived: nanoseconds(storyTime),
		gap: { from: storyTime - 22_000, to: storyTime - 4_000, cause: 'connection reset' },
		...of,
	};
}

export function aBrokenRow(of: Partial<BrokenRow> = {}): BrokenRow {
	return {
		kind: 'broken',
		seq: 3,
		source: 'falco',
		arrived: nanoseconds(storyTime),
		reason: 'no JSON',
		bytes: 2108,
		sha256: 'ab'.repeat(32),
		head: Buffer.from('{"output": \xff', 'latin1'),
		...of,
	};
}

export function aSource(of: Partial<SourceState> = {}): SourceState {
	return {
		name: 'salt',
		kind: 'salt',
		target: '/var/run/salt/master/master_event_pub.ipc',
		link: { kind: 'live' },
		rate: 31,
		received: 18_204,
		dropped: 0,
		gaps: 0,
		broken: 0,
		lastAt: storyTime - 200,
		canFire: true,
		isPaused: false,
		...of,
	};
}
