/** Time and timers as an argument, so that tests own them. */
export type Clock = {
	/** Milliseconds since the epoch, with fractions. */
	now(): number;
	/** Calls `then` once after `ms`; the returned function takes it back. */
	after(ms: number, then: () => void): () => void;
};

export const systemClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	after: (ms, then) => {
		const timer = setTimeout(then, ms);
		return () => clearTimeout(timer);
	},
};

/** Resolves after `ms` on this clock, or at once when `stop` aborts. */
export function pause(clock: Clock, ms: number, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (stop.aborted) return resolve();
		const done = () => {
			cancel();
			stop.removeEventListener('abort', done);
			resolve();
		};
		const cancel = clock.after(ms, done);
		stop.addEventListener('abort', done, { once: true });
	});
}
