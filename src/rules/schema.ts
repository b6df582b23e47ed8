import * as z from 'zod';
import { durationOf } from '../core/duration.ts';

/** A duration as rules say it, in milliseconds. */
const duration = z.string().transform((text, context) => {
	const ms = durationOf(text);
	if (ms !== undefined && ms > 0) return ms;
	context.addIssue({ code: 'custom', message: 'is no duration: say it as in 30s, 10m or 1h30m' });
	return z.NEVER;
});

const id = z
	.string()
	.regex(
		/^[a-z0-9][a-z0-9._-]{0,63}$/u,
		'a name has small letters, digits, dots and dashes, at most 64',
	);

const filling = z.record(z.string(), z.unknown());

const suggestion = z
	.strictObject({
		action: z.string().min(1).optional(),
		playbook: z.string().min(1).optional(),
		with: filling.default({}),
		expires: duration.optional(),
	})
	.refine(
		({ action, playbook }) => (action === undefined) !== (playbook === undefined),
		'names an action or a playbook, one of them',
	);

const minuteMs = 60_000;

/** A rule as a file says it. */
export const ruleSchema = z
	.strictObject({
		id,
		match: z.string().refine((text) => text.trim() !== '', 'is empty: `kind:event` is every event'),
		when: z.string().min(1).optional(),
		count: z
			.strictObject({
				at_least: z.int().min(1).max(1000),
				within: duration,
				by: z.array(z.string().min(1)).max(8).default([]),
			})
			.optional(),
		suggest: z.array(suggestion).max(8).default([]),
		notify: z
			.array(
				z.strictObject({
					to: z.string().min(1),
					text: z.string().min(1),
					subject: z.string().min(1).optional(),
					severity: z.string().min(1).optional(),
					fields: z.record(z.string(), z.string()).optional(),
				}),
			)
			.max(8)
			.default([]),
		cooldown: duration.default(5 * minuteMs),
		expires: duration.default(10 * minuteMs),
		escalate: z.strictObject({ after: duration, to: z.string().min(1) }).optional(),
		own: z.boolean().default(false),
		samples: z
			.strictObject({
				match: z.array(z.string().min(1)).default([]),
				miss: z.array(z.string().min(1)).default([]),
			})
			.optional(),
	})
	.refine(
		({ suggest, notify }) => suggest.length + notify.length > 0,
		'suggests nothing and notifies nobody: say what it is for',
	);

export type RuleSpec = z.infer<typeof ruleSchema>;

/** The keys that a map of a rule may have. */
export function ruleKeys(path: readonly PropertyKey[]): readonly string[] {
	let at: unknown = z.toJSONSchema(ruleSchema, { io: 'input', unrepresentable: 'any' });
	for (const key of path)
		at = member(member(at, typeof key === 'number' ? 'items' : 'properties'), key);
	return Object.keys(Object(member(at, 'properties')));
}

function member(value: unknown, key: PropertyKey): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return typeof key === 'number' ? value : Reflect.get(value, key);
}
