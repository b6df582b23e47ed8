import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { signed } from '../../src/actions/sigv4.ts';
import { Secret } from '../../src/core/secret.ts';

/** Storage on loopback: files by path, put and got as S3 does it or by a bearer token. */
export type Storage = {
	readonly files: ReadonlyMap<string, Buffer>;
	/** As the configuration names it; the key is `env:KEY`, whose value is `hush`. */
	readonly s3: object;
	readonly plain: object;
};

/** `spoils` names paths that it does not give back as they came. */
export async function aStorage(
	t: { after(deed: () => unknown): void },
	spoils: (path: string) => boolean = () => false,
): Promise<Storage> {
	const files = new Map<string, Buffer>();
	const server = createServer(async (request, response) => {
		const body = await buffer(request);
		if (!isAllowed(request, body)) return answer(response, 403);
		const path = request.url ?? '';
		if (request.method === 'PUT') {
			files.set(path, body);
			return answer(response, 200);
		}
		const file = files.get(path);
		if (!file) return answer(response, 404);
		return answer(response, 200, spoils(path) ? Buffer.from('spoilt') : file);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		server.close();
		server.closeAllConnections();
	});
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
	return {
		files,
		s3: { kind: 's3.put', url, bucket: 'evidence', accessKey: 'env:ID', secretKey: 'env:KEY' },
		plain: { kind: 'http.put', url: `${url}/drop/`, token: 'env:KEY' },
	};
}

function answer(
	response: ServerResponse,
	status: number,
	body: Uint8Array = Buffer.alloc(0),
): void {
	response.writeHead(status).end(body);
}

/** Signs the request anew and compares: the signature holds its path, its time and the hash of its body. */
function isAllowed({ method = '', url = '', headers }: IncomingMessage, body: Buffer): boolean {
	const { authorization = '', host = '' } = headers;
	if (authorization === 'Bearer hush') return true;
	const time = String(headers['x-amz-date']);
	const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z');
	const expected = signed({
		method,
		url: new URL(url, `http://${host}`),
		headers: {},
		sha256: createHash('sha256').update(body).digest('hex'),
		region: 'us-east-1',
		service: 's3',
		accessKey: 'AKID',
		secretKey: new Secret('hush'),
		at: Date.parse(iso),
	});
	return expected['authorization'] === authorization;
}
