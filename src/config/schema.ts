import * as z from 'zod';
import { respondKeys } from './respond-schema.ts';

/** The version of every file this eventctl writes and reads. */
export const apiVersion = 'eventctl/v1';

const mebibyte = 1 << 20;

const keys = z
	.union([
		z
			.string()
			.min(1)
			.transform((key) => [key]),
		z.array(z.string().min(1)).nonempty(),
	])
	.optional();

const source = z
	.looseObject({
		kind: z.string().min(1).describe('salt, nats, falco, zeromq, lines, replay'),
		format: z
			.strictObject({ severity: keys, time: keys, host: keys, tag: keys, message: keys })
			.optional()
			.describe('where its JSON says what others say under the usual keys: severity: lvl'),
	})
	.describe('a source: its kind, and what its connector takes');

/** What a configuration file may say. */
export const schema = z.strictObject({
	apiVersion: z.literal(apiVersion).optional().describe('the version of this file'),
	profile: z.string().min(1).max(24).optional().describe('the word in the header: prod'),
	sources: z.record(z.string().min(1), source).default({}).describe('what to attach to, by name'),
	buffer: z
		.strictObject({
			events: z.int().min(10_000).max(10_000_000).optional().describe('rows held in memory'),
			bytes: z
				.int()
				.min(64 * mebibyte)
				.optional()
				.describe('bytes they may take; the default is 512 MiB or a quarter of the free memory'),
		})
		.default({})
		.describe('how much is kept'),
	keymap: z.enum(['default', 'vim', 'calm']).default('default').describe('the keys to begin with'),
	readOnly: z.boolean().default(false).describe('nothing can be fired, and nothing above T0 run'),
	alert: z
		.enum(['bell', 'notification', 'off'])
		.default('bell')
		.describe('how an operator who looks elsewhere is called: OSC 9 is a notification'),
	ascii: z.boolean().default(false).describe('only ASCII characters on the screen'),
	...respondKeys,
});

/** The configuration as all layers together say it. */
export type Config = z.infer<typeof schema>;

/** The JSON Schema of a configuration file, for editors. */
export function jsonSchema(): unknown {
	return z.toJSONSchema(schema, { io: 'input' });
}
