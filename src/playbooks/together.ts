/**
 * Runs some generators side by side, at most `limit` at a time, and yields what any of them yields. Gives their results
 * in the order they ended; none is begun any more once `isEnough` says so.
 */
export async function* together<Told, Result>(
	tasks: readonly (() => Task<Told, Result>)[],
	limit: number,
	isEnough: (results: readonly Result[]) => boolean,
): AsyncGenerator<Told, readonly Result[]> {
	const waiting = [...tasks];
	const running = new Map<Task<Told, Result>, Promise<Turn<Told, Result>>>();
	const results: Result[] = [];
	const begin = () => {
		while (running.size < limit && !isEnough(results)) {
			const generator = waiting.shift()?.();
			if (generator === undefined) return;
			running.set(generator, turnOf(generator));
		}
	};
	try {
		begin();
		while (running.size > 0) {
			const { generator, next } = await Promise.race(running.values());
			if (next.done) {
				running.delete(generator);
				if (next.value !== undefined) results.push(next.value);
				begin();
				continue;
			}
			yield next.value;
			running.set(generator, turnOf(generator));
		}
		return results;
	} finally {
		// Whoever asks for nothing more has them all stop where they tell something next.
		await Promise.all([...running.keys()].map((generator) => generator.return(undefined)));
	}
}

/** It has no result where it was stopped. */
type Task<Told, Result> = AsyncGenerator<Told, Result | undefined>;

type Turn<Told, Result> = {
	readonly generator: Task<Told, Result>;
	readonly next: IteratorResult<Told, Result | undefined>;
};

async function turnOf<Told, Result>(generator: Task<Told, Result>): Promise<Turn<Told, Result>> {
	return { generator, next: await generator.next() };
}
