import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redactor } from '../../src/core/redact.ts';
import { random } from '../support/random.ts';

const canary = 'k4n?ry pass/word+"ü"';

function told(...secrets: readonly string[]): Redactor {
	const redactor = new Redactor();
	for (const secret of secrets) redactor.learn(secret);
	return redactor;
}

test('a known secret is taken out as it is, as JSON, and URL-encoded', () => {
	const { text } = { text: (input: string) => told(canary).text(input) };
	assert.equal(text(`a ${canary} b`), 'a *** b');
	assert.equal(text(JSON.stringify({ a: canary })), '{"a":"***"}');
	assert.equal(text(`?p=${encodeURIComponent(canary)}&q`), '?p=***&q');
	assert.equal(text(new URLSearchParams({ p: canary }).toString()), 'p=***');
});

test('a known secret is found within base64, wherever it begins and whatever surrounds it', () => {
	const redactor = told(canary);
	for (const before of ['', 'u', 'us', 'user:', 'someone:']) {
		for (const after of ['', 'x', 'xy', '\n']) {
			const encoded = Buffer.from(`${before}${canary}${after}`);
			for (const alphabet of ['base64', 'base64url'] as const) {
				const left = redactor.text(encoded.toString(alphabet)).split('***').join('');
				assert.ok(left.length <= before.length * 1.4 + after.length * 1.4 + 4, left);
			}
		}
	}
});

test('any secret of any bytes is found in any of its disguises', () => {
	const seeded = random(3);
	for (let round = 0; round < 200; round++) {
		const secret = seeded.bytes(8 + seeded.below(40)).toString('latin1');
		const around = () => seeded.bytes(seeded.below(5)).toString('latin1');
		const text = `${around()}${secret}${around()}`;
		const redactor = told(secret);
		for (const shown of [text, JSON.stringify(text), encodeURIComponent(text), btoaOf(text)]) {
			assert.ok(redactor.text(shown).includes('***'), JSON.stringify([secret, shown]));
		}
	}
});

function btoaOf(text: string): string {
	return Buffer.from(text).toString('base64');
}

for (const [what, secret] of [
	['an AWS key', 'AKIAIOSFODNN7EXAMPLE'],
	['an NKey seed', `SU${'A2'.repeat(28)}`],
	['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'],
	['a PEM key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIB\n-----END EC PRIVATE KEY-----'],
] as const) {
	test(`${what} is known by its looks`, () => {
		assert.equal(new Redactor().text(`(${secret})`), '(***)');
	});
}

test('what authenticates is taken out of headers and URLs, and the rest stays', () => {
	const { text } = { text: (input: string) => new Redactor().text(input) };
	assert.equal(text('nats://bob:hunter2@host:4222/x'), 'nats://***@host:4222/x');
	assert.equal(text('Authorization: Bearer abcdef0123456789'), 'Authorization: Bearer ***');
	assert.equal(
		text('"authorization": "Basic dXNlcjpwYXNzd29yZA=="'),
		'"authorization": "Basic ***"',
	);
	for (const harmless of [
		'http://host:80/a@b',
		'a bearer of news',
		'basic authentication',
		'mailto:a@b.c',
		'SUMMARY',
	]) {
		assert.equal(text(harmless), harmless);
	}
});

test('what stands at a configured path is hidden at any depth, and everything is looked into', () => {
	const redactor = new Redactor({ paths: ['params.password', 'headers.*'] });
	redactor.learn(canary);
	assert.deepEqual(
		redactor.object({
			plan: { params: { password: 7, note: canary }, password: 'shown' },
			list: [{ headers: { a: 1, b: { c: 2 } } }, canary, 5, null],
			[canary]: true,
		}),
		{
			plan: { params: { password: '***', note: '***' }, password: 'shown' },
			list: [{ headers: { a: '***', b: '***' } }, '***', 5, null],
			'***': true,
		},
	);
});

test('a pattern of the operator is asked too', () => {
	const patterns = [(text: string) => text.replaceAll('INC', '***')];
	assert.equal(new Redactor({ patterns }).text('see INC'), 'see ***');
});

test('a short secret takes nothing with it, and a longer one is taken out whole', () => {
	assert.equal(told('abc').text('abcdef'), 'abcdef');
	assert.equal(told('abcd', 'abcdefgh').text('x abcdefgh y'), 'x *** y');
});
