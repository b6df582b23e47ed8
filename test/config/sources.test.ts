import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, schema } from '../../src/config/schema.ts';
import { sourcesFor } from '../../src/config/sources.ts';
import type { Environment } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';
import { aConnector } from '../support/a-connector.ts';

const nowhere: Environment = {
	env: {},
	stdinIsPiped: false,
	read: async () => undefined,
	list: async () => undefined,
	exists: async () => false,
};
const connectors = [
	aConnector('salt', {
		discover: async () => [{ name: 'salt', raw: { folder: '/run/salt' } }],
	}),
	aConnector('nats', {
		parse: (raw) => {
			if (typeof raw === 'object' && raw !== null && 'servers' in raw) return raw;
			throw new Failure('config', 'servers is missing');
		},
	}),
];

function configOf(sources: unknown): Config {
	return schema.parse({ sources });
}

function namesOf(sources: Awaited<ReturnType<typeof sourcesFor>>): string[] {
	return sources.map(({ name, connector, target }) => `${name} ${connector.kind} ${target}`);
}

test('sources named by hand come before those of the config, and those before what is found', async () => {
	const config = configOf({ bus: { kind: 'nats', servers: ['nats://a', 'nats://b'] } });
	const byHand = await sourcesFor(['salt:/x', 'salt:/y'], config, connectors, nowhere);
	assert.deepEqual(namesOf(byHand), ['salt salt /x', 'salt2 salt /y']);
	const configured = await sourcesFor([], config, connectors, nowhere);
	assert.deepEqual(namesOf(configured), ['bus nats nats://a nats://b']);
	const found = await sourcesFor([], configOf({}), connectors, nowhere);
	assert.deepEqual(namesOf(found), ['salt salt /run/salt']);
});

test('a setting its connector refuses names its place in the config', async () => {
	const config = configOf({ bus: { kind: 'nats' }, x: { kind: 'slat' } });
	const origin = { layer: 'user', file: '/c.yaml', line: 3, column: 5 } as const;
	const where = ([, name]: readonly string[]) => (name === 'bus' ? origin : undefined);
	await assert.rejects(sourcesFor([], config, connectors, nowhere, where), {
		message: '/c.yaml:3:5: source bus: servers is missing',
	});
	await assert.rejects(
		sourcesFor([], configOf({ x: { kind: 'slat' } }), connectors, nowhere),
		/source x: no source is of kind slat: did you mean salt\?/,
	);
});
