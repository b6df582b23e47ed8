import type { Clock } from '../core/clock.ts';

/** A slice of work; in between, sockets are served. */
const sliceMs = 4;

/** Takes the steps of a work between turns of the event loop, and tells its end; who is not wanted any more ends unheard. */
export function inSlices<Result>(
	work: Generator<void, Result>,
	{ clock, isWanted }: { readonly clock: Clock; readonly isWanted: () => boolean },
	then: (result: Result) => void,
): void {
	const slice = () => {
		const until = clock.now() + sliceMs;
		while (isWanted() && clock.now() < until) {
			const step = work.next();
			if (step.done) return then(step.value);
		}
		if (isWanted()) setImmediate(slice);
	};
	setImmediate(slice);
}
