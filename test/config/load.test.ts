import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfigFiles, loadConfig } from '../../src/config/load.ts';

const env = { HOME: '/home/olga' };
const user = '/home/olga/.config/eventctl/config.yaml';

function files(
	texts: Readonly<Record<string, string>>,
	writable: readonly string[] = [],
): ConfigFiles {
	return {
		read: async (path) => {
			const text = texts[path];
			return text === undefined ? undefined : { text, isWorldWritable: writable.includes(path) };
		},
		list: async (folder) =>
			Object.keys(texts)
				.filter((path) => path.startsWith(`${folder}/`))
				.map((path) => path.slice(folder.length + 1))
				.filter((name) => !name.includes('/')),
	};
}

test('without any file the defaults hold', async () => {
	const { config, files: read } = await loadConfig(env, files({}));
	assert.deepEqual(read, []);
	assert.deepEqual(config.sources, {});
	assert.equal(config.keymap, 'default');
});

test('a later layer wins, source by source, and says where each value was said', async () => {
	const { config, origins } = await loadConfig(
		env,
		files({
			'/etc/eventctl/config.yaml':
				'profile: all\nsources:\n  bus: { kind: nats }\n  salt: { kind: salt }\n',
			'/etc/eventctl/conf.d/team.yaml': 'profile: team\n',
			[user]: 'apiVersion: eventctl/v1\nsources:\n  bus: { kind: zeromq }\n',
			'/home/olga/.config/eventctl/conf.d/more.yaml': 'ascii: true\n',
			'/home/olga/.config/eventctl/profiles/prod.yaml': '# the word\nprofile: prod\n',
		}),
		{ profile: 'prod' },
	);
	assert.equal(config.profile, 'prod');
	assert.equal(config.ascii, true);
	assert.deepEqual(
		Object.entries(config.sources).map(([name, { kind }]) => `${name} ${kind}`),
		['bus zeromq', 'salt salt'],
	);
	assert.deepEqual(origins.get('sources.bus'), { layer: 'user', file: user, line: 3 });
	assert.equal(origins.get('profile')?.layer, 'profile');
	assert.equal(origins.get('profile')?.line, 2);
});

for (const [text, says] of [
	['sourcs: {}\n', `${user}:1:1: sourcs is not known: did you mean sources?`],
	['profile: [1]\n', `${user}:1:1: profile: `],
	['buffer:\n  events: 5\n', `${user}:2:3: buffer.events: `],
	['sources:\n  bus: { servers: [] }\n', `${user}:2:3: sources.bus.kind: `],
	['profile: a\nprofile: b\n', `${user}: YAML, line 2`],
	['apiVersion: eventctl/v9\n', `${user}: apiVersion eventctl/v9 is not eventctl/v1`],
] as const) {
	test(`a file that says ${JSON.stringify(text)} is refused with its place`, async () => {
		await assert.rejects(loadConfig(env, files({ [user]: text })), (error: Error) => {
			assert.ok(error.message.startsWith(says), error.message);
			return true;
		});
	});
}

test('a file anybody may write is refused', async () => {
	await assert.rejects(loadConfig(env, files({ [user]: 'ascii: true' }, [user])), /chmod o-w/);
});

test('a file named by hand must be there, and stands in for the others', async () => {
	await assert.rejects(loadConfig(env, files({}), { config: '/no.yaml' }), /no such config file/);
	const texts = { '/mine.yaml': 'profile: mine\n', [user]: 'ascii: true\n' };
	const { config } = await loadConfig(env, files(texts), { config: '/mine.yaml' });
	assert.deepEqual([config.profile, config.ascii], ['mine', false]);
});
