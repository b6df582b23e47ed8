import type { Clock } from '../../src/core/clock.ts';
import { aBell } from './a-bell.ts';

type Timer = { readonly at: number; readonly then: () => void };

export type FakeClock = Clock & {
	/** Moves time on and runs what falls due, in order, each at its own moment. */
	advance(ms: number): void;
	/** Milliseconds until each pending timer, soonest first. */
	pending(): number[];
	/** Looks again after each timer that is set or taken back. */
	until(what: string, holds: () => boolean): Promise<void>;
};

/** A clock that stands still until the test moves it. */
export function fakeClock(start = Date.UTC(2026, 10, 21, 9, 30)): FakeClock {
	const timers = new Set<Timer>();
	const bell = aBell();
	let now = start;

	const soonest = () => [...timers].sort((a, b) => a.at - b.at);

	return {
		now: () => now,
		after(ms, then) {
			const timer = { at: now + ms, then };
			timers.add(timer);
			bell.ring();
			return () => {
				if (timers.delete(timer)) bell.ring();
			};
		},
		advance(ms) {
			const end = now + ms;
			for (let due = soonest()[0]; due && due.at <= end; due = soonest()[0]) {
				timers.delete(due);
				now = Math.max(now, due.at);
				due.then();
			}
			now = end;
		},
		pending: () => soonest().map((timer) => timer.at - now),
		until: bell.until,
	};
}
