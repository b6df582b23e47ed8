import * as z from 'zod';
import { durationOf } from '../core/duration.ts';
import { isReference, isSecretName } from '../core/secret.ts';

/** What a configuration file may say about rules, actions, approvals and runs. */

const duration = z
	.string()
	.refine((text) => durationOf(text) !== undefined, 'is no duration: say it as in 10m or 1h30m');
const tier = z.enum(['T0', 'T1', 'T2', 'T3', 'T4']);
const name = z
	.string()
	.regex(/^[\w-][\w.-]{0,63}$/u, 'a name has letters, digits, dots and dashes, at most 64');
const files = z.array(z.string().min(1));
const referenceOnly = 'a secret is a reference: file:PATH, env:NAME or cmd:PROGRAM ARGUMENT';

/** An action's or a destination's settings: its kind, and the parameters that are always the same. */
const bound = z
	.looseObject({ kind: z.string().min(1).describe('the action: salt.run, slack.post') })
	.superRefine((settings, context) => {
		for (const path of bareSecrets(settings)) {
			context.addIssue({ code: 'custom', path: [...path], message: referenceOnly });
		}
	});

/** Where settings hold a secret itself instead of a reference to one. */
function bareSecrets(settings: object): readonly (readonly string[])[] {
	return Object.entries(settings).flatMap(([key, value]): readonly (readonly string[])[] => {
		if (typeof value === 'string') return isSecretName(key) && !isReference(value) ? [[key]] : [];
		if (typeof value !== 'object' || value === null) return [];
		return bareSecrets(value).map((path) => [key, ...path]);
	});
}

const policy = z.strictObject({
	protected: z
		.array(
			z.partialRecord(z.enum(['namespace', 'pod', 'node', 'host', 'target']), z.string().min(1)),
		)
		.default([])
		.describe('globs of what rules never touch, and an operator only with a second person'),
	blast: z
		.strictObject({ targets: z.int().min(1), within: duration })
		.optional()
		.describe('at most so many targets touched within that time'),
	rate: z
		.strictObject({ suggestions: z.int().min(1), within: duration })
		.default({ suggestions: 20, within: '1m' })
		.describe('at most so many suggestions and messages of one rule within that time'),
	breaker: z
		.int()
		.min(1)
		.default(120)
		.describe('more suggestions or runs a minute than this pause all rules'),
	tiers: z
		.record(z.string().min(1), tier)
		.default({})
		.describe('tiers raised, by kind of action: k8s.label: T3'),
	containment: duration
		.default('4h')
		.describe('when it is asked whether an isolation, a taint or a lockdown is still needed'),
	escalate: z
		.strictObject({ after: duration, to: name })
		.optional()
		.describe('whom to tell of a suggestion nobody answers'),
});

const store = z.strictObject({
	kind: z.enum(['memory', 'sqlite']).default('sqlite'),
	path: z.string().min(1).optional().describe('the folder of the store, instead of the usual one'),
});

const redact = z.strictObject({
	paths: files.default([]).describe('paths whose values are never shown or kept: data.env'),
	patterns: files.default([]).describe('regular expressions of what is hidden wherever it stands'),
});

const command = z.strictObject({
	argv: z.array(z.string().min(1)).min(1).describe('{unit} stands for the parameter of that name'),
	params: z
		.record(
			name,
			z.strictObject({
				type: z.enum(['word', 'number', 'address', 'pid']),
				oneOf: z.array(z.string()).optional().describe('nothing but one of these'),
			}),
		)
		.default({}),
	timeout: duration.default('1m'),
});

const host = z
	.strictObject({
		ssh: files
			.default([])
			.describe('from where SSH stays open in a lockdown: addresses, networks; else where you sit'),
		keep: files
			.default([])
			.describe(
				'what a locked host may still reach: hub:4222, [2001:db8::1]:4505, 10.0.0.53:53/udp',
			),
		commands: z
			.record(name, command)
			.default({})
			.describe('programs with their arguments that host.run-command may run, by name'),
		collect: z
			.strictObject({
				folder: z.string().min(1).optional().describe('where collected evidence goes'),
				upload: bound.optional().describe('where it is uploaded: http.put, s3.put'),
			})
			.optional(),
	})
	.describe('what actions on hosts may do');

const reference = z.string().refine(isReference, referenceOnly);
const salt = z
	.strictObject({
		programs: z.string().min(1).optional().describe('the folder of salt and salt-run'),
		config: z.string().min(1).optional().describe('the master configuration folder'),
		api: z.string().min(1).optional().describe('salt-api instead: https://HOST:PORT'),
		user: z.string().min(1).optional(),
		password: reference.optional(),
		eauth: z.string().min(1).optional(),
		token: reference.optional(),
		ca: z.string().min(1).optional().describe('a file of authorities to trust, PEM'),
	})
	.describe('how salt.run and its like reach the master');

/** The keys that `schema.ts` adds to its own. */
export const respondKeys = {
	actions: z.record(name, bound.safeExtend({ tier: tier.optional() })).default({}),
	notify: z.record(name, bound).default({}),
	policy: policy.prefault({}).describe('what is never done, and how much at most'),
	rules: files.default([]).describe('rule files: rules/*.yaml, or shipped:NAME'),
	playbooks: files.default([]).describe('playbook files: playbooks/*.yaml, or shipped:NAME'),
	store: store.prefault({}).describe('where approvals, runs and the audit are kept'),
	redact: redact.prefault({}).describe('what is never shown or written'),
	hosts: z
		.record(z.string().min(1), z.looseObject({ kind: z.string().min(1) }))
		.default({})
		.describe('hosts by name, and how each is reached'),
	host: host.prefault({}),
	salt: salt.prefault({}),
};
