import type { Criterion, Needle } from '../core/criterion.ts';
import { LiteralScan } from './literal-scan.ts';
import { MemberScan } from './member-scan.ts';
import type { Scan } from './scan.ts';

type Clue = {
	/** The higher, the fewer rows are left. */
	readonly weight: number;
	scan(): Scan;
};

/** The scan that leaves the fewest of the rows that a criterion can match; undefined where only a test of each row tells. */
export function narrowing(criterion: Criterion): Scan | undefined {
	return clueOf(criterion)?.scan();
}

function clueOf(criterion: Criterion): Clue | undefined {
	switch (criterion.kind) {
		case 'literal':
			return literal(criterion, false);
		case 'text':
			return criterion.literal && literal(criterion.literal, false);
		case 'decoded': {
			const { member } = criterion;
			if (member) return { weight: Number.POSITIVE_INFINITY, scan: () => new MemberScan(member) };
			return criterion.literal && literal(criterion.literal, true);
		}
		case 'and':
			return criterion.parts
				.map(clueOf)
				.filter((clue) => clue !== undefined)
				.sort((one, other) => other.weight - one.weight)[0];
		default:
			return undefined;
	}
}

function literal(needle: Needle, mayBeEscaped: boolean): Clue {
	return { weight: needle.bytes.length, scan: () => new LiteralScan(needle, mayBeEscaped) };
}
