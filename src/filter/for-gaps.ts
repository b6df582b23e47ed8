import type { Criterion } from '../core/criterion.ts';
import { ownFormat } from '../core/format.ts';
import { all, any, inverse } from './combine.ts';

/**
 * A criterion asked only what a gap can answer. What it cannot answer counts so that the gap stays in sight:
 * also the format, where no sender gave it one.
 */
export function forGaps(criterion: Criterion): Criterion {
	return seen(criterion, true);
}

/** `wants` says which answer keeps the row: true, or false behind a `not`. */
function seen(criterion: Criterion, wants: boolean): Criterion {
	switch (criterion.kind) {
		case 'and':
			return all(criterion.parts.map((part) => seen(part, wants)));
		case 'or':
			return any(criterion.parts.map((part) => seen(part, wants)));
		case 'not':
			return inverse(seen(criterion.part, !wants));
		case 'format':
			return { kind: 'format', test: (id) => (id === ownFormat ? wants : criterion.test(id)) };
		case 'all':
		case 'none':
		case 'source':
		case 'row':
		case 'time':
			return criterion;
		default:
			return { kind: wants ? 'all' : 'none' };
	}
}
