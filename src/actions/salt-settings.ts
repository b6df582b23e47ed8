import * as z from 'zod';
import { checked } from './destination.ts';
import { reference } from './references.ts';

const byApi = z.strictObject({
	api: z.url({ protocol: /^https?$/u, error: 'salt.api is https://HOST:PORT' }),
	user: z.string().min(1).optional(),
	password: reference.optional(),
	eauth: z.string().min(1).default('pam'),
	token: reference.optional(),
	ca: z.string().min(1).optional(),
});
const byCommand = z.strictObject({
	programs: z.string().startsWith('/').optional(),
	config: z.string().startsWith('/').optional(),
});

export type ApiSettings = z.infer<typeof byApi>;

/** What `salt:` in the configuration says: where salt-api is and who asks, or where the commands are. */
export type SaltSettings = ApiSettings | z.infer<typeof byCommand>;

/** Throws a Failure that names what is wrong. */
export function saltSettings(raw: unknown = {}): SaltSettings {
	const isApi = typeof raw === 'object' && raw !== null && 'api' in raw;
	return isApi ? checked('salt', byApi, raw) : checked('salt', byCommand, raw);
}
