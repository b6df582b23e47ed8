import * as z from 'zod';

export type Labels = Readonly<Record<string, string>>;

const requirement = z.object({
	key: z.string(),
	operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
	values: z.array(z.string()).default([]),
});

/** A label selector; the empty one selects everything. */
export const selector = z.object({
	matchLabels: z.record(z.string(), z.string()).default({}),
	matchExpressions: z.array(requirement).default([]),
});
export type Selector = z.infer<typeof selector>;

export function selects({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
	const isEqual = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
	return isEqual && matchExpressions.every((wanted) => meets(wanted, labels));
}

/** The keys of those labels by which the selector takes hold of something. */
export function grips({ matchLabels, matchExpressions }: Selector): readonly string[] {
	const expressed = matchExpressions
		.filter(({ operator }) => operator === 'In' || operator === 'Exists')
		.map(({ key }) => key);
	return [...Object.keys(matchLabels), ...expressed];
}

export function without(labels: Labels, keys: readonly string[]): Labels {
	return Object.fromEntries(Object.entries(labels).filter(([key]) => !keys.includes(key)));
}

function meets({ key, operator, values }: z.infer<typeof requirement>, labels: Labels): boolean {
	const value = labels[key];
	if (operator === 'Exists') return value !== undefined;
	if (operator === 'DoesNotExist') return value === undefined;
	const isAmong = value !== undefined && values.includes(value);
	return operator === 'In' ? isAmong : !isAmong;
}
