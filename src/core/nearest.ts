/** The candidate a misspelt word most likely meant, or undefined where none is near (a third of its letters at most). */
function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: string | undefined;
	let least = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const steps = distance(word.toLowerCase(), candidate.toLowerCase());
		if (steps >= least) continue;
		least = steps;
		best = candidate;
	}
	return best;
}

/** The sentence part that offers it: `: did you mean err?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
	const meant = nearest(word, candidates);
	return meant === undefined ? '' : `: did you mean ${meant}?`;
}

/** How many letters to add, drop, change or swap with their neighbour. */
function distance(from: string, to: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const row = [i];
		for (let j = 1; j <= to.length; j++) {
			const cost = from[i - 1] === to[j - 1] ? 0 : 1;
			let steps = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost);
			const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			if (isSwap) steps = Math.min(steps, at(beforeLast, j - 2) + 1);
			row.push(steps);
		}
		beforeLast = last;
		last = row;
	}
	return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
	return row[index] ?? Number.POSITIVE_INFINITY;
}
