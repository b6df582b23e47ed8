/**
 * Runs some generators side by side, at most `limit` at a time, and yields what any of them yields. Gives their results
 * in the order they ended; none is begun any more once `isEnough` says so.
 */
export async function* together<Told, Result>(
	tasks: readonly (() => AsyncGenerator<Told, Result>)[],
	limit: number,
	isEnough: (results: readonly Result[]) => boolean,
): AsyncGenerator<Told, readonly Result[]> {
	const waiting = [...tasks];
	const running = new Map<AsyncGenerator<Told, Result>, Promise<Turn<Told, Result>>>();
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
				results.push(next.value);
				begin();
				continue;
			}
			yield next.value;
			running.set(generator, turnOf(generator));
		}
		return results;
	} finally {
		await Promise.all([...running.keys()].map((generator) => ended(generator)));
	}
}

type Turn<Told, Result> = {
	readonly generator: AsyncGenerator<Told, Result>;
	readonly next: IteratorResult<Told, Result>;
};

async function turnOf<Told, Result>(
	generator: AsyncGenerator<Told, Result>,
): Promise<Turn<Told, Result>> {
	return { generator, next: await generator.next() };
}

/** Walks a generator that nobody listens to any more to its end. */
async function ended<Told, Result>(generator: AsyncGenerator<Told, Result>): Promise<void> {
	for (let next = await generator.next(); !next.done; ) next = await generator.next();
}
