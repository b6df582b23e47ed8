import * as z from 'zod';
import { Failure } from '../../src/core/errors.ts';
import { isReference, resolveSecret } from '../../src/core/secret.ts';
import { checked, fileOr } from '../settings.ts';
import type { Curve } from '../wire/zeromq-child.ts';

export type ZeromqSettings = {
	readonly endpoint: string;
	/** Whether publishers come to us. */
	readonly bind: boolean;
	/** Prefixes subscribed to; everything where absent. */
	readonly topics?: readonly string[] | undefined;
	readonly curve?: CurveSettings | undefined;
	readonly highWaterMark?: number | undefined;
	/** Where events are fired to: a reader of a PUB socket cannot write to it. */
	readonly fire?: Firing | undefined;
};

type Firing = {
	readonly pattern: 'push' | 'pub';
	readonly endpoint: string;
	readonly bind: boolean;
};

type CurveSettings = {
	readonly server_key?: string | undefined;
	readonly public_key?: string | undefined;
	/** A reference, resolved at each connection. */
	readonly secret_key?: string | undefined;
};

const endpoint = z.string().regex(/^(?:tcp|ipc):\/\/.+$/u, {
	error: 'is tcp://HOST:PORT or ipc://PATH',
});
const key = z.string().regex(/^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/u, {
	error: 'is a CURVE key: 40 characters of Z85',
});

const schema = z.strictObject({
	endpoint,
	bind: z.boolean().default(false),
	topics: z.array(z.string()).nonempty().optional(),
	curve: z
		.strictObject({
			server_key: key.optional(),
			public_key: key.optional(),
			secret_key: z
				.string()
				.refine(isReference, { error: 'is a reference: file:PATH, env:NAME or cmd:PROGRAM' })
				.optional(),
		})
		.refine((curve) => curve.server_key !== undefined || curve.secret_key !== undefined, {
			error: "needs the server's server_key, or a secret_key to be the server",
		})
		.refine(
			({ server_key, public_key, secret_key }) =>
				server_key === undefined || (public_key === undefined) === (secret_key === undefined),
			{ error: 'public_key and secret_key go together' },
		)
		.optional(),
	hwm: z.int().nonnegative().optional(),
	fire: z
		.strictObject({
			pattern: z.enum(['push', 'pub']),
			endpoint,
			bind: z.boolean().default(false),
		})
		.optional(),
});

export function parseSettings(raw: unknown): ZeromqSettings {
	const { hwm, ...settings } = checked('zeromq', schema, raw);
	return { ...settings, highWaterMark: hwm };
}

/** What `-s zmq:ENDPOINT?topics=A,B&bind=true&server_key=…&push=ENDPOINT` means, as raw settings. */
export function settingsOfText(
	rest: string,
	query: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
	const { bind, topics, hwm, server_key, public_key, secret_key, push, pub, ...others } =
		Object.fromEntries(query);
	if (push !== undefined && pub !== undefined) {
		throw new Failure('usage', 'zeromq: takes push or pub, not both');
	}
	const curve = { server_key, public_key, secret_key: fileOr(secret_key) };
	const target = push ?? pub;
	return {
		...others,
		endpoint: rest,
		...(bind === undefined ? {} : { bind: bind === 'true' ? true : bind }),
		topics: topics?.split(','),
		hwm: hwm === undefined ? undefined : Number(hwm),
		curve: Object.values(curve).some((value) => value !== undefined) ? curve : undefined,
		fire: target && { pattern: push === undefined ? 'pub' : 'push', endpoint: target },
	};
}

/** The keys as the child takes them, with the secret one read. */
export async function resolveCurve({ curve }: ZeromqSettings): Promise<Curve | undefined> {
	if (curve === undefined) return undefined;
	const secret = curve.secret_key && (await resolveSecret(curve.secret_key)).reveal();
	return {
		...(curve.server_key === undefined ? {} : { serverKey: curve.server_key }),
		...(curve.public_key === undefined ? {} : { publicKey: curve.public_key }),
		...(secret ? { secretKey: secret } : {}),
	};
}
