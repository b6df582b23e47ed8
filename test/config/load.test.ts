import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import type { ConfigFiles } from '../../src/config/own-text.ts';
import { configFolder, placeOf, stateFolder } from '../../src/config/places.ts';

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
	assert.deepEqual(origins.get('sources.bus'), { layer: 'user', file: user, line: 3, column: 3 });
	assert.equal(origins.get('profile')?.layer, 'profile');
	assert.equal(origins.get('profile')?.line, 2);
});

for (const [text, says] of [
	['sourcs: {}\n', `${user}:1:1: sourcs is not known: did you mean sources?`],
	['profile: [1]\n', `${user}:1:1: profile: `],
	['buffer:\n  event: 50000\n', `${user}:2:3: buffer.event is not known: did you mean events?`],
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

test('flags stand over the environment, and both over the files', async () => {
	const texts = { [user]: 'readOnly: false\nascii: true\n' };
	const variables = { ...env, EVENTCTL_READ_ONLY: '1', EVENTCTL_ASCII: 'yes' };
	const { config, origins } = await loadConfig(variables, files(texts), { ascii: false });
	assert.deepEqual([config.readOnly, config.ascii], [true, false]);
	assert.equal(placeOf(origins.get('readOnly') ?? assert.fail()), 'EVENTCTL_READ_ONLY');
	assert.equal(placeOf(origins.get('ascii') ?? assert.fail()), '--ascii');
	const odd = { ...env, EVENTCTL_READ_ONLY: 'maybe' };
	await assert.rejects(loadConfig(odd, files({})), /EVENTCTL_READ_ONLY=maybe: say 1 or 0/);
});

test('a profile without a word of its own is called by its name, whatever lies below', async () => {
	const profile = '/etc/eventctl/profiles/prod.yaml';
	const texts = { [user]: 'profile: dev\n', [profile]: 'readOnly: true\n' };
	const { config } = await loadConfig(env, files(texts), { profile: 'prod' });
	assert.deepEqual([config.profile, config.readOnly], ['prod', true]);
	const byEnvironment = { ...env, EVENTCTL_PROFILE: 'prod' };
	assert.equal((await loadConfig(byEnvironment, files(texts))).config.profile, 'prod');
	assert.equal((await loadConfig(env, files(texts))).config.profile, 'dev');
});

test('a profile that has no file is refused', async () => {
	const missing = loadConfig(env, files({ [user]: 'profile: prd' }), { profile: 'prd' });
	await assert.rejects(missing, /there is no profiles\/prd\.yaml/);
});

test('what is bound to an action keeps its own settings, and its secrets are references', async () => {
	const text = 'notify: { oncall: { kind: slack.post, webhook: env:HOOK, channel: ops } }\n';
	const { config } = await loadConfig(env, files({ [user]: text }));
	assert.deepEqual(
		{ ...config.notify['oncall'] },
		{
			kind: 'slack.post',
			webhook: 'env:HOOK',
			channel: 'ops',
		},
	);
	const bare = 'notify:\n  oncall: { kind: slack.post, webhook: https://hooks.example/T1 }\n';
	await assert.rejects(
		loadConfig(env, files({ [user]: bare })),
		/config\.yaml:2:\d+: notify\.oncall\.webhook: a secret is a reference/,
	);
});

test('a folder that is named by half a path is not looked into', () => {
	for (const half of ['', 'here', './here']) {
		assert.equal(configFolder({ HOME: half }), '/.config/eventctl');
		assert.equal(stateFolder({ HOME: '/h', XDG_STATE_HOME: half }), '/h/.local/state/eventctl');
		assert.equal(configFolder({ HOME: '/h', XDG_CONFIG_HOME: half }), '/h/.config/eventctl');
	}
	assert.equal(configFolder({ HOME: '/h', XDG_CONFIG_HOME: '/x' }), '/x/eventctl');
});

test('a place within a value is known as near as the file tells', async () => {
	const text = 'sources:\n  bus:\n    kind: nats\n    tls: { ca: /x }\nkeymap: vim\n';
	const { where } = await loadConfig(env, files({ [user]: text }), { ascii: true });
	const line = (...path: readonly string[]) => {
		const { line, column } = where(path) ?? {};
		return line && `${line}:${column}`;
	};
	assert.equal(line('sources', 'bus', 'tls', 'ca'), '4:12');
	assert.equal(line('sources', 'bus', 'absent'), '2:3');
	assert.equal(line('keymap'), '5:1');
	assert.equal(line('ascii'), undefined);
	assert.equal(where(['profile']), undefined);
});

test('a policy key that is misspelt is offered the near one, wherever it stands', async () => {
	const text = 'policy:\n  blast: { targts: 3, within: 10m }\n';
	await assert.rejects(
		loadConfig(env, files({ [user]: text })),
		/policy\.blast\.targts is not known: did you mean targets\?/,
	);
});

test('policies of several layers add up key by key', async () => {
	const { config } = await loadConfig(
		env,
		files({
			'/etc/eventctl/config.yaml': 'policy: { protected: [{ namespace: kube-system }] }\n',
			[user]: 'policy: { blast: { targets: 3, within: 10m } }\n',
		}),
	);
	assert.deepEqual(config.policy.protected, [{ namespace: 'kube-system' }]);
	assert.deepEqual(config.policy.blast, { targets: 3, within: '10m' });
});
