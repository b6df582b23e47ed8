import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { signed } from '../../src/actions/sigv4.ts';
import { Secret } from '../../src/core/secret.ts';

/** The examples of Amazon's own description of Signature Version 4 for S3. */
const example = {
	headers: {},
	region: 'us-east-1',
	service: 's3',
	accessKey: 'AKIAIOSFODNN7EXAMPLE',
	secretKey: new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
	at: Date.UTC(2013, 4, 24),
} as const;
const bucket = 'https://examplebucket.s3.amazonaws.com';

for (const [what, request, signature] of [
	[
		'part of an object',
		{
			method: 'GET',
			url: new URL(`${bucket}/test.txt`),
			headers: { range: 'bytes=0-9' },
			body: '',
		},
		'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
	],
	[
		'an object to be kept',
		{
			method: 'PUT',
			url: new URL(`${bucket}/test$file.text`),
			headers: {
				date: 'Fri, 24 May 2013 00:00:00 GMT',
				'x-amz-storage-class': 'REDUCED_REDUNDANCY',
			},
			body: 'Welcome to Amazon S3.',
		},
		'98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
	],
	[
		'a list',
		{ method: 'GET', url: new URL(`${bucket}/?max-keys=2&prefix=J`), headers: {}, body: '' },
		'34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
	],
] as const) {
	test(`${what} is signed as its publisher signs it`, () => {
		const sha256 = createHash('sha256').update(request.body).digest('hex');
		const { authorization } = signed({ ...example, ...request, sha256 });
		assert.ok(authorization?.endsWith(`Signature=${signature}`), authorization);
	});
}
