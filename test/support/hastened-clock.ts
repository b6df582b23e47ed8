import type { Clock } from '../../src/core/clock.ts';

/** Leases of half a minute are over in two and a half seconds. */
const speed = 12;

/** A clock all processes of a test share, faster than the machine's; `began` is when it agreed with that one. */
export function hastened(began: number): Clock {
	return {
		now: () => began + (Date.now() - began) * speed,
		after(ms, then) {
			const timer = setTimeout(then, ms / speed);
			return () => clearTimeout(timer);
		},
	};
}
