import type { Criterion } from '../core/criterion.ts';

/** All of them; what is always or never true is worked out now. */
export function all(parts: readonly Criterion[]): Criterion {
	if (parts.some(({ kind }) => kind === 'none')) return { kind: 'none' };
	const left = parts.filter(({ kind }) => kind !== 'all');
	return single(left) ?? (left.length === 0 ? { kind: 'all' } : { kind: 'and', parts: left });
}

/** Any of them. */
export function any(parts: readonly Criterion[]): Criterion {
	if (parts.some(({ kind }) => kind === 'all')) return { kind: 'all' };
	const left = parts.filter(({ kind }) => kind !== 'none');
	return single(left) ?? (left.length === 0 ? { kind: 'none' } : { kind: 'or', parts: left });
}

export function inverse(part: Criterion): Criterion {
	if (part.kind === 'all') return { kind: 'none' };
	if (part.kind === 'none') return { kind: 'all' };
	return part.kind === 'not' ? part.part : { kind: 'not', part };
}

function single(parts: readonly Criterion[]): Criterion | undefined {
	return parts.length === 1 ? parts[0] : undefined;
}
