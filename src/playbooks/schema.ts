import * as z from 'zod';
import { durationOf } from '../core/duration.ts';

const duration = z.string().transform((text, context) => {
	const ms = durationOf(text);
	if (ms !== undefined && ms > 0) return ms;
	context.addIssue({ code: 'custom', message: 'is no duration: say it as in 30s, 10m or 1h30m' });
	return z.NEVER;
});

const id = z
	.string()
	.regex(/^[a-z][a-z0-9_-]{0,31}$/u, 'a name has small letters, digits, _ and -, at most 32');
const name = z
	.string()
	.regex(/^[a-z][a-z0-9_]{0,31}$/u, 'a name has small letters, digits and _, at most 32');
const params = z.record(z.string(), z.unknown());
const minuteMs = 60_000;
const onError = z
	.union([z.enum(['fail', 'continue', 'rollback']), z.strictObject({ goto: id })])
	.default('fail');

const input = z.strictObject({
	name,
	type: z.enum(['string', 'number', 'boolean', 'list', 'map']).default('string'),
	required: z.boolean().default(false),
	enum: z.array(z.union([z.string(), z.number()])).optional(),
	default: z.unknown().optional(),
	secret: z.boolean().default(false),
	says: z.string().optional(),
});

const actionStep = z.strictObject({
	id,
	action: z.string().min(1),
	with: params.default({}),
	when: z.string().min(1).optional(),
	foreach: z.string().min(1).optional(),
	as: name.default('item'),
	concurrency: z.int().min(1).max(32).default(1),
	timeout: duration.default(minuteMs),
	retry: z
		.strictObject({
			count: z.int().min(1).max(10),
			delay: duration.default(1000),
			when: z.string().min(1).optional(),
		})
		.optional(),
	on_error: onError,
	publish: z.record(name, z.unknown()).default({}),
	undo: z
		.union([
			z.literal('none'),
			z.strictObject({ action: z.string().min(1), with: params.default({}) }),
		])
		.optional(),
	tier: z.enum(['T0', 'T1', 'T2', 'T3', 'T4']).optional(),
});

const parallelStep = z.strictObject({
	id,
	parallel: z.array(actionStep).min(1).max(32),
	concurrency: z.int().min(1).max(32).default(8),
	join: z.union([z.literal('all'), z.int().min(1).max(32)]).default('all'),
	on_error: onError,
});

const approveStep = z.strictObject({
	id,
	approve: z.strictObject({
		prompt: z.string().min(1),
		need: z.union([z.literal(1), z.literal(2)]).default(1),
		expires: duration.default(30 * minuteMs),
	}),
});

export type StepSpec = z.infer<typeof actionStep>;
export type ParallelSpec = z.infer<typeof parallelStep>;
export type ApproveSpec = z.infer<typeof approveStep>;
export type InputSpec = z.infer<typeof input>;

/** The schema of the kind of step that a value wants to be. */
export function stepSchemaOf(
	raw: unknown,
): typeof parallelStep | typeof approveStep | typeof actionStep {
	const has = (key: string) => typeof raw === 'object' && raw !== null && Object.hasOwn(raw, key);
	if (has('parallel')) return parallelStep;
	return has('approve') ? approveStep : actionStep;
}

/** A playbook as a file says it. */
export const playbookSchema = z.strictObject({
	name: id,
	title: z.string().min(1).max(80).optional(),
	input: z.array(input).max(32).default([]),
	vars: z.record(name, z.unknown()).default({}),
	steps: z.array(z.unknown()).min(1).max(64),
	finally: z.array(actionStep).max(16).default([]),
});

export type PlaybookSpec = z.infer<typeof playbookSchema>;

/** The keys that a map at a path may have. */
export function playbookKeys(path: readonly PropertyKey[]): readonly string[] {
	const [section] = path;
	if (section === undefined) return Object.keys(playbookSchema.shape);
	const deep = path.at(-1);
	if (section === 'input') return Object.keys(input.shape);
	if (deep === 'retry') return ['count', 'delay', 'when'];
	if (deep === 'approve') return ['prompt', 'need', 'expires'];
	return [...Object.keys(actionStep.shape), ...Object.keys(parallelStep.shape), 'approve'];
}
