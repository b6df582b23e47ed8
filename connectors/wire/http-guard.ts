import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Secret } from '../../src/core/secret.ts';

/** The largest body taken, in bytes, before and after it is unpacked. */
export const largestBody = 1024 * 1024;

export type Refusal = { readonly status: number; readonly why: string };

export type Gate = {
	/** Nothing else is served but `GET /healthz`; as good as a password where senders know no header. */
	readonly path: string;
	readonly token: Secret | undefined;
	/** Media types whose bodies are taken. */
	readonly types: readonly string[];
	/** Why another type is refused: `not JSON`. */
	readonly otherType: string;
};

/** Why a request is turned away before its body is read; undefined where it may come in. */
export function refusalOf(request: IncomingMessage, gate: Gate): Refusal | undefined {
	const { method, url = '', headers } = request;
	if (!isSame(url, gate.path)) return { status: 404, why: 'no such path' };
	if (headers.origin !== undefined) return { status: 403, why: 'sent by a web page' };
	if (gate.token && !isSame(headers.authorization ?? '', `Bearer ${gate.token.reveal()}`)) {
		return { status: 401, why: 'without the right token' };
	}
	if (method !== 'POST' && method !== 'PUT') return { status: 405, why: 'neither POST nor PUT' };
	const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (!gate.types.includes(type)) return { status: 415, why: gate.otherType };
	if (!['identity', 'gzip'].includes(headers['content-encoding'] ?? 'identity')) {
		return { status: 415, why: 'packed with something other than gzip' };
	}
	return Number(headers['content-length'] ?? 0) > largestBody ? tooLarge : undefined;
}

export const tooLarge: Refusal = { status: 413, why: 'a body over 1 MiB' };

/** Compares in a time that tells nothing about where the two differ. */
function isSame(one: string, other: string): boolean {
	return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
