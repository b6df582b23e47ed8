import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Certificate = { readonly cert: string; readonly key: string };

export type Certificates = {
	readonly ca: string;
	/** For 127.0.0.1 and localhost. */
	readonly server: Certificate;
	readonly client: Certificate;
};

/** An authority and two certificates of it, as PEM files in `folder`: made by hand, for not every machine has openssl. */
export function makeCertificates(folder: string): Certificates {
	const authority = keyPair();
	const issue = (name: string, { publicKey, privateKey }: Pair, extension: Buffer): Certificate => {
		const path = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
		const der = certificate(name, publicKey, authority.privateKey, extension);
		writeFileSync(path.cert, pem('CERTIFICATE', der));
		writeFileSync(path.key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
		return path;
	};
	return {
		ca: issue(authorityName, authority, isAuthority).cert,
		server: issue('server', keyPair(), forLoopback),
		client: issue('client', keyPair(), isNoAuthority),
	};
}

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const authorityName = 'authority';
const dayMs = 86_400_000;

function keyPair(): Pair {
	return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** A DER value: its tag, its length, its content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
	const body = Buffer.concat(content);
	return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}

/** As short as can be: Go refuses anything else. */
function lengthOf({ length }: Buffer): number[] {
	if (length < 128) return [length];
	return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
}

const sequence = (...items: readonly Buffer[]) => der(0x30, ...items);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.from([255]));
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));

function named(name: string): Buffer {
	return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(name)))));
}

function time(ms: number): Buffer {
	const digits = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return der(0x17, Buffer.from(`${digits}Z`));
}

const isAuthority = sequence(objectId('551d13'), yes, der(0x04, sequence(yes)));
const isNoAuthority = sequence(objectId('551d13'), yes, der(0x04, sequence()));
const forLoopback = sequence(
	objectId('551d11'),
	der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))),
);

function certificate(
	name: string,
	publicKey: KeyObject,
	signer: KeyObject,
	extension: Buffer,
): Buffer {
	const now = Date.now();
	const claims = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1]), randomBytes(8)),
		ecdsaWithSha256,
		named(authorityName),
		sequence(time(now - dayMs), time(now + dayMs)),
		named(name),
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(extension)),
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', claims, signer));
	return sequence(claims, ecdsaWithSha256, signature);
}

function pem(label: string, bytes: Buffer): string {
	const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
