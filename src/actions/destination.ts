import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { JsonObject } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';

/** Where a message goes: a name under `notify:`, or the same settings given with the message. */
export type Address = { readonly to: string } | { readonly settings: JsonObject };

const destinations = z.record(z.string(), z.looseObject({ kind: z.string() }));

/** The settings of a destination, checked. Throws a Failure that names it and what is wrong with it. */
export function settingsFor<Settings>(
	kind: string,
	schema: z.ZodType<Settings>,
	address: Address,
	{ settings }: Pick<Tools, 'settings'>,
): Settings {
	const isNamed = 'to' in address;
	const given = isNamed ? configured(kind, address.to, settings['notify']) : address.settings;
	return checked(isNamed ? address.to : kind, schema, given);
}

/** What a schema makes of settings or parameters. Throws a Failure that begins with their name and quotes no value. */
export function checked<Type>(name: string, schema: z.ZodType<Type>, given: unknown): Type {
	const parsed = schema.safeParse(given);
	if (parsed.success) return parsed.data;
	throw new Failure('config', `${name}: ${complaint(parsed.error)}`);
}

function configured(kind: string, to: string, notify: unknown): unknown {
	const known = destinations.safeParse(notify ?? {}).data ?? {};
	if (!Object.hasOwn(known, to)) {
		const names = Object.keys(known).join(', ') || 'none';
		throw new Failure('config', `notify has no destination ${to}; it has ${names}`);
	}
	const { kind: own, ...settings } = known[to] ?? { kind: '' };
	if (own !== kind) throw new Failure('config', `the destination ${to} is ${own}, not ${kind}`);
	return settings;
}

/** What zod found, as one sentence that quotes no value. */
function complaint(error: z.ZodError): string {
	return error.issues
		.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
		.join('; ');
}
