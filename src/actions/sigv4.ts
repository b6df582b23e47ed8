import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../core/secret.ts';

export type Signing = {
	readonly method: string;
	readonly url: URL;
	/** Headers beside those of the signature, their names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Of the body, in hex. */
	readonly sha256: string;
	readonly region: string;
	readonly service: string;
	readonly accessKey: string;
	readonly secretKey: Secret;
	/** Milliseconds since the epoch. */
	readonly at: number;
};

const algorithm = 'AWS4-HMAC-SHA256';

/** The headers of a request, signed by AWS's Signature Version 4. */
export function signed(signing: Signing): Readonly<Record<string, string>> {
	const { url, headers, sha256, region, service, accessKey } = signing;
	const time = new Date(signing.at).toISOString().replace(/[-:]|\.\d{3}/gu, '');
	const all: Readonly<Record<string, string>> = {
		...headers,
		host: url.host,
		'x-amz-content-sha256': sha256,
		'x-amz-date': time,
	};
	const names = Object.keys(all).sort();
	const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
	const text = [algorithm, time, scope, hexHash(canonical(signing, all, names))].join('\n');
	const signature = hmac(keyOf(signing, time.slice(0, 8)), text).toString('hex');
	const authorization = `${algorithm} Credential=${accessKey}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
	return { ...all, authorization };
}

function canonical(
	{ method, url, sha256 }: Signing,
	headers: Readonly<Record<string, string>>,
	names: readonly string[],
): string {
	const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`);
	const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
	const parts = [query.sort().join('&'), lines.join(''), names.join(';'), sha256];
	return [method, pathOf(url), ...parts].join('\n');
}

/** Every segment encoded once, and strictly. */
function pathOf({ pathname }: URL): string {
	return pathname
		.split('/')
		.map((segment) => encoded(decodeURIComponent(segment)))
		.join('/');
}

function encoded(text: string): string {
	const strictly = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
	return encodeURIComponent(text).replace(/[!'()*]/gu, strictly);
}

function keyOf({ secretKey, region, service }: Signing, day: string): Buffer {
	const steps = [day, region, service, 'aws4_request'];
	return steps.reduce(hmac, Buffer.from(`AWS4${secretKey.reveal()}`));
}

function hmac(key: Buffer, text: string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}

function hexHash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
