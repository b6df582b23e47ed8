import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SaltSettings } from '../../../connectors/salt/settings.ts';
import { salt } from '../../../connectors/salt.ts';
import { Failure } from '../../../src/core/errors.ts';

/** What `-s salt:REST?query` means. */
function meant(rest: string, query: Readonly<Record<string, string>> = {}): SaltSettings {
	return salt.parse(salt.fromText(rest, new Map(Object.entries(query))));
}

const configured = { kind: 'configured' };
const plain = {
	bus: 'master',
	place: configured,
	id: undefined,
	hash: undefined,
	master: configured,
	manner: {},
};

for (const [rest, query, expected] of [
	['', {}, {}],
	['', { bus: 'minion' }, { bus: 'minion' }],
	['/run/salt/master', {}, { place: { kind: 'folder', folder: '/run/salt/master' } }],
	[
		'/run/salt/minion',
		{ bus: 'minion', id: 'web-01', hash: 'md5' },
		{
			bus: 'minion',
			id: 'web-01',
			hash: 'md5',
			place: { kind: 'folder', folder: '/run/salt/minion' },
		},
	],
	[
		'tcp://127.0.0.1:4510',
		{},
		{ bus: 'minion', place: { kind: 'tcp', host: '127.0.0.1', pub: 4510, pull: 4511 } },
	],
	[
		'tcp://127.0.0.1:4512',
		{},
		{ place: { kind: 'tcp', host: '127.0.0.1', pub: 4512, pull: 4513 } },
	],
	[
		'tcp://localhost:24510',
		{ bus: 'minion', pull: '24999', master: '/srv/m/run' },
		{
			bus: 'minion',
			place: { kind: 'tcp', host: 'localhost', pub: 24510, pull: 24999 },
			master: { kind: 'folder', folder: '/srv/m/run' },
		},
	],
	[
		'zmq:/run/salt/master',
		{},
		{ manner: { isZeromq: true }, place: { kind: 'folder', folder: '/run/salt/master' } },
	],
	['zmq:', { bus: 'minion' }, { manner: { isZeromq: true }, bus: 'minion' }],
] as const) {
	test(`salt:${rest} ${JSON.stringify(query)}`, () => {
		assert.deepEqual(meant(rest, query), { ...plain, ...expected });
	});
}

for (const [rest, query, says] of [
	['run/salt', {}, /salt: folder: is an absolute path/],
	['tcp://10.0.0.7:4510', {}, /salt: tcp: is a loopback address/],
	['tcp://127.0.0.1', {}, /salt: tcp: is a loopback address with a port/],
	['', { bus: 'syndic' }, /salt: bus: /],
	['', { hash: 'crc32' }, /salt: hash: /],
	[`/${'x'.repeat(90)}`, {}, /salt: folder: is too long: .* 107 bytes/],
	['/run', { nonsense: '1' }, /salt: knows no \?nonsense=/],
] as const) {
	test(`salt:${rest.slice(0, 30)} ${JSON.stringify(query)} is refused`, () => {
		assert.throws(
			() => meant(rest, query),
			(thrown) => thrown instanceof Failure && says.test(thrown.message),
		);
	});
}
