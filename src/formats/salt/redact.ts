import { hidden, replaced, withoutSecrets } from '../secrets.ts';
import { get } from '../values.ts';
import type { Family } from './family.ts';
import { readTag } from './tag.ts';

/**
 * The data of a Salt event without secrets: the master's root key, session keys, whole requests on the
 * minion's bus, and what is named like a secret in arguments and returns; the very same value where there is none.
 */
export function redactSalt(tag: string, data: unknown): unknown {
	const { family, name } = readTag(tag);
	if (name.startsWith('__master_req_channel_')) return hideAllBut(requestNames, data);
	if (get(data, 'cmd') !== '_minion_event') return redactPayload(family, data);
	return replaced(data, (key, value) => (key === 'data' ? redactPayload(family, value) : value));
}

function redactPayload(family: Family, data: unknown): unknown {
	if (family === 'reactors') return hide(data, 'key');
	if (family === 'credentials') return withoutSecrets(hide(data, 'creds', 'key'));
	return withoutSecrets(data);
}

function hide(data: unknown, ...keys: readonly string[]): unknown {
	return replaced(data, (key, value) => (keys.some((name) => name === key) ? hidden : value));
}

/** Requests to the master hold pillars, tokens and results under keys of every name; these say only what it is. */
const requestNames: ReadonlySet<unknown> = new Set(['cmd', 'id', 'fun', 'jid', '_stamp']);

function hideAllBut(kept: ReadonlySet<unknown>, data: unknown): unknown {
	return replaced(data, (key, value) => (kept.has(key) ? value : hidden));
}
