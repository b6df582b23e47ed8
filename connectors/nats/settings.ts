import * as z from 'zod';
import { durationOf } from '../../src/core/duration.ts';
import { Failure } from '../../src/core/errors.ts';
import { isReference } from '../../src/core/secret.ts';
import { checked, countSet, fileOr } from '../settings.ts';
import type { Position } from './sequence.ts';
import { checkPattern, withoutOverlap } from './subjects.ts';

/** Where in a stream the first event is looked for; without it only new events come. */
type From = { readonly last: number } | { readonly backMs: number } | { readonly at: string };

export type NatsSettings = {
	/** `nats://HOST:PORT`, `tls://HOST:PORT`, or `env:NAME` for such URLs, which may hold credentials. */
	readonly servers?: readonly string[] | undefined;
	/** Empty with a stream: all of it. */
	readonly subjects: readonly string[];
	readonly stream?: string | undefined;
	readonly from?: From | undefined;
	/** Where the NATS CLI's context of that name says how to connect. */
	readonly context?: string | undefined;
	readonly user?: string | undefined;
	/** References, resolved at each connection. */
	readonly password?: string | undefined;
	readonly token?: string | undefined;
	readonly nkey?: string | undefined;
	readonly creds?: string | undefined;
	/** Paths of PEM files; present where TLS is a must. */
	readonly tls?: NatsTls | undefined;
	readonly inbox?: string | undefined;
	/** What was read of the stream so far: a source that is opened again goes on there. */
	readonly bookmark: { position?: Position };
};

export type NatsTls = {
	readonly ca?: string | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
	/** TLS before the server's greeting. */
	readonly first?: boolean | undefined;
};

const reference = z.string().refine(isReference, {
	error: 'is a reference: file:PATH, env:NAME or cmd:PROGRAM ARGUMENT',
});
const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.string()).nonempty()]);
const server = /^(?:env:\w+|(?:nats|tls):\/\/[^@/?#\s]+)$/u;
const isServer = (url: string) => server.test(url) && URL.canParse(url);

const schema = z
	.strictObject({
		servers: oneOrMore
			.refine((urls) => urls.every(isServer), {
				error: 'each is nats://HOST:PORT or tls://HOST:PORT without a password, or env:NAME',
			})
			.optional(),
		subjects: oneOrMore.default([]),
		stream: z
			.string()
			.regex(/^[^\s.*>/\\]+$/u, { error: 'is no stream name' })
			.optional(),
		since: z.string().optional(),
		last: z.int().positive().optional(),
		context: z
			.string()
			.regex(/^[^/\\]+$/u, { error: 'is no name of a context' })
			.optional(),
		user: z.string().min(1).optional(),
		password: reference.optional(),
		token: reference.optional(),
		nkey: reference.optional(),
		creds: reference.optional(),
		tls: z
			.strictObject({
				ca: z.string().min(1).optional(),
				cert: z.string().min(1).optional(),
				key: z.string().min(1).optional(),
				first: z.boolean().optional(),
			})
			.refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
				error: 'cert and key go together',
			})
			.optional(),
		inbox: z
			.string()
			.regex(/^[^\s*>]+$/u, { error: 'is no subject prefix' })
			.optional(),
	})
	.refine(({ user, token, nkey, creds }) => countSet(user, token, nkey, creds) <= 1, {
		error: 'takes one of user, token, nkey and creds',
	})
	.refine(({ user, password }) => (user === undefined) === (password === undefined), {
		error: 'user and password go together',
	})
	.refine(({ stream, since, last }) => stream !== undefined || countSet(since, last) === 0, {
		error: 'since and last need a stream: core NATS keeps nothing',
	})
	.refine(({ since, last }) => countSet(since, last) <= 1, {
		error: 'takes since or last, not both',
	});

/** Settings checked; throws a Failure whose sentence names the key. */
export function parseSettings(raw: unknown): NatsSettings {
	const { since, last, subjects, ...rest } = checked('nats', schema, raw);
	for (const subject of subjects) checkPattern(subject);
	return {
		...rest,
		subjects: subjectsOf(subjects, rest.stream),
		from: fromOf(since, last),
		bookmark: {},
	};
}

/** Everything is `>` to core NATS, and no filter at all to a stream. */
function subjectsOf(named: readonly string[], stream: string | undefined): readonly string[] {
	const subjects = withoutOverlap(named.length === 0 ? ['>'] : named);
	return stream !== undefined && subjects.includes('>') ? [] : subjects;
}

function fromOf(since: string | undefined, last: number | undefined): From | undefined {
	if (last !== undefined) return { last };
	if (since === undefined) return undefined;
	const backMs = durationOf(since);
	if (backMs !== undefined) return { backMs };
	// What the server understands is left as it is: a Date would cut the nanoseconds.
	if (/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/u.test(since)) return { at: since };
	if (!Number.isNaN(Date.parse(since))) return { at: new Date(since).toISOString() };
	throw new Failure('config', `nats: since: ${since} is neither a duration (15m) nor a time`);
}

/** What `-s nats://HOST:PORT,HOST:PORT/SUBJECT,SUBJECT?key=value` means, as raw settings. */
export function settingsOfText(
	scheme: 'nats' | 'tls',
	rest: string,
	query: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
	const [, hosts = '', subjects = ''] =
		/^(?:\/\/([^/]*)(?:\/(.*))?)?$/su.exec(rest) ?? misread(scheme);
	if (hosts.includes('@')) {
		throw new Failure(
			'usage',
			`${scheme}: everybody on this host can read a command line: give credentials by ?creds=FILE, ?nkey=FILE, NATS_URL or a nats context`,
		);
	}
	const { ca, cert, key, last, creds, nkey, ...others } = Object.fromEntries(query);
	const wantsTls = scheme === 'tls' || countSet(ca, cert, key) > 0;
	return {
		...others,
		servers: hosts === '' ? undefined : hosts.split(',').map((host) => `${scheme}://${host}`),
		subjects: subjects === '' ? undefined : subjects.split(','),
		last: last === undefined ? undefined : Number(last),
		creds: fileOr(creds),
		nkey: fileOr(nkey),
		tls: wantsTls ? { ca, cert, key } : undefined,
	};
}

function misread(scheme: string): never {
	throw new Failure('usage', `${scheme}: write ${scheme}://HOST:PORT/SUBJECT,SUBJECT`);
}
