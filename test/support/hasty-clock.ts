import { type Clock, systemClock } from '../../src/core/clock.ts';

/** A clock on which a second takes a hundredth, for tests that wait on real processes: nothing is measured by it. */
export const hastyClock: Clock = {
	now: () => systemClock.now() * 100,
	after: (ms, then) => systemClock.after(ms / 100, then),
};
