/** What a walk through all worlds needs to know of them. */
export type Rules<World> = {
	/** What can happen next; a move that changes nothing is no move. */
	moves(world: World): readonly Move<World>[];
	/** What tells worlds apart. */
	keyOf(world: World): string;
	/** Which promise the step from one world to the next breaks. */
	violation(before: World, after: World): string | undefined;
	/** Which promise a world breaks that nothing moves any more. */
	unended(world: World): string | undefined;
};

export type Move<World> = { readonly says: string; readonly world: World };

export type Explored = {
	readonly worlds: number;
	/** The shortest way to what must never be, and what that is. */
	readonly violation?: { readonly says: string; readonly trace: readonly string[] };
};

type Origins = Map<string, readonly [says: string, before: string]>;

/** Walks through every world that can come about, nearest first, until one breaks a promise, or the one that is sought. */
export function explore<World>(first: World, rules: Rules<World>, seeks?: string): Explored {
	const from: Origins = new Map([[rules.keyOf(first), ['', '']]]);
	const broken = (says: string, key: string, last: readonly string[] = []): Explored => ({
		worlds: from.size,
		violation: { says, trace: [...traceTo(key, from), ...last] },
	});
	for (let front: readonly World[] = [first]; front.length > 0; ) {
		const next: World[] = [];
		for (const world of front) {
			const before = rules.keyOf(world);
			const moves = rules.moves(world).filter((move) => rules.keyOf(move.world) !== before);
			const stuck = moves.length === 0 ? rules.unended(world) : undefined;
			if (stuck !== undefined && stuck === (seeks ?? stuck)) return broken(stuck, before);
			for (const move of moves) {
				const says = rules.violation(world, move.world);
				if (says !== undefined && says === (seeks ?? says))
					return broken(says, before, [move.says]);
				const key = rules.keyOf(move.world);
				if (from.has(key)) continue;
				from.set(key, [move.says, before]);
				next.push(move.world);
			}
		}
		front = next;
	}
	return { worlds: from.size };
}

function traceTo(key: string, from: Origins): readonly string[] {
	const [says, before] = from.get(key) ?? ['', ''];
	return says === '' ? [] : [...traceTo(before, from), says];
}
