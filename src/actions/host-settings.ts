import * as z from 'zod';
import { durationOf } from '../core/duration.ts';
import { Failure } from '../core/errors.ts';

const command = z.object({
	argv: z.array(z.string()),
	params: z
		.record(
			z.string(),
			z.object({
				type: z.enum(['word', 'number', 'address', 'pid']),
				oneOf: z.array(z.string()).optional(),
			}),
		)
		.default({}),
	timeout: z
		.string()
		.default('1m')
		.transform((text) => durationOf(text) ?? 60_000),
});

const schema = z.object({
	ssh: z.array(z.string()).default([]),
	keep: z.array(z.string()).default([]),
	commands: z.record(z.string(), command).default({}),
	collect: z
		.object({
			folder: z.string().optional(),
			upload: z.looseObject({ kind: z.string() }).optional(),
		})
		.default({}),
});

/** The configuration's `host`: what actions on hosts may do. */
export type HostSettings = z.infer<typeof schema>;
/** A command that `host.run-command` may run. `timeout` in milliseconds. */
export type AllowedCommand = z.infer<typeof command>;

/** Reads `host` of the configuration as tools give it. */
export function hostSettings(settings: Readonly<Record<string, unknown>>): HostSettings {
	const read = schema.safeParse(settings['host'] ?? {});
	if (read.success) return read.data;
	throw new Failure('config', `host: ${z.prettifyError(read.error)}`);
}
