import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { HttpRequest } from '../core/message-tools.ts';
import { Secret } from '../core/secret.ts';
import type { Tools } from '../core/tools.ts';
import type { Evidence } from './evidence-folder.ts';
import { signed } from './sigv4.ts';

const url = z.url({ protocol: /^https?$/u });
const schema = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('http.put'),
		/** The folder that files go below. */
		url,
		/** A reference; sent as a bearer token. */
		token: z.string().optional(),
	}),
	z.strictObject({
		kind: z.literal('s3.put'),
		/** The service's own address: buckets are folders of it. */
		url,
		bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u),
		region: z
			.string()
			.regex(/^[a-z0-9-]+$/u)
			.default('us-east-1'),
		accessKey: z.string(),
		secretKey: z.string(),
	}),
]);
type Settings = z.infer<typeof schema>;

/** A file that is there: its name and hash. */
export type Kept = Pick<Evidence, 'file' | 'sha256'>;

/** Where evidence is uploaded, as the configuration's `host.collect.upload` says it. */
export type Upload = {
	/** Of a file, given its folder's name and its own. */
	urlOf(folder: string, file: string): string;
	/** The headers that one request needs. */
	headersOf(
		method: 'PUT' | 'GET',
		url: string,
		sha256: string,
	): Promise<Readonly<Record<string, string | Secret>>>;
};

const emptyHash = createHash('sha256').digest('hex');

export function evidenceUpload(raw: unknown, { secret, clock }: Tools): Upload {
	const read = schema.safeParse(raw);
	if (!read.success) {
		throw new Failure('config', `host.collect.upload: ${z.prettifyError(read.error)}`);
	}
	const settings = read.data;
	const base = settings.kind === 's3.put' ? below(settings.url, settings.bucket) : settings.url;
	return {
		urlOf: (folder, file) => below(base, folder, file),
		headersOf: (method, address, sha256) => headersFor(settings, { method, address, sha256 }),
	};

	async function headersFor(
		settings: Settings,
		{
			method,
			address,
			sha256,
		}: { readonly method: string; readonly address: string; readonly sha256: string },
	): Promise<Readonly<Record<string, string | Secret>>> {
		if (settings.kind === 'http.put') {
			if (settings.token === undefined) return {};
			const token = await secret(settings.token);
			return { authorization: new Secret(`Bearer ${token.reveal()}`) };
		}
		const { region, accessKey, secretKey } = settings;
		return signed({
			method,
			url: new URL(address),
			headers: {},
			sha256,
			region,
			service: 's3',
			accessKey: (await secret(accessKey)).reveal(),
			secretKey: await secret(secretKey),
			at: clock.now(),
		});
	}
}

/** Uploads one file, reads it back and compares. Throws a Failure where it is not there, byte for byte. */
export async function uploadFile(
	upload: Upload,
	folder: { readonly path: string; readonly name: string },
	{ file, sha256 }: Kept,
	tools: Tools,
	stop: AbortSignal,
): Promise<void> {
	const http = await tools.http();
	const address = upload.urlOf(folder.name, file);
	const body = await readFile(join(folder.path, file));
	const put = { method: 'PUT', url: address, body } as const;
	await send(http, { ...put, headers: await upload.headersOf('PUT', address, sha256) }, stop);
	const get = { method: 'GET', url: address, body: '' } as const;
	const headers = await upload.headersOf('GET', address, emptyHash);
	const maxBytes = body.length + 1;
	const back = await send(http, { ...get, headers, maxBytes, answerAs: 'base64' }, stop);
	const found = createHash('sha256').update(Buffer.from(back, 'base64')).digest('hex');
	if (found !== sha256) throw new Failure('failed', `${file}: what came back is not what was sent`);
}

async function send(
	http: Awaited<ReturnType<Tools['http']>>,
	request: HttpRequest,
	stop: AbortSignal,
): Promise<string> {
	const { status, text } = await http.send(request, stop);
	if (status >= 200 && status < 300) return text;
	throw new Failure('failed', `${request.method} ${new URL(request.url).pathname}: HTTP ${status}`);
}

function below(base: string, ...names: readonly string[]): string {
	const path = names.map(encodeURIComponent).join('/');
	return new URL(path, base.endsWith('/') ? base : `${base}/`).href;
}
