import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundBuses } from '../../../connectors/salt/found.ts';
import { socketsOf } from '../../../connectors/salt/sockets.ts';
import type { Environment } from '../../../src/core/connector.ts';

/** A disk that holds these files and no others. */
function aDisk(files: Readonly<Record<string, string>>): Environment {
	return {
		env: {},
		stdinIsPiped: false,
		read: async (path) => files[path],
		exists: async (path) => path in files,
		async list(folder) {
			const names = Object.keys(files).flatMap((path) =>
				path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
			);
			return names.length === 0 ? undefined : names;
		},
	};
}

test('nothing is found where Salt has never run', async () => {
	assert.deepEqual(await foundBuses(aDisk({})), []);
	assert.deepEqual(await foundBuses(aDisk({ '/etc/salt/master': '' })), []);
});

test('sockets in the default folders are found without any configuration', async () => {
	const disk = aDisk({
		'/var/run/salt/master/master_event_pub.ipc': '',
		'/var/run/salt/minion/minion_event_0b9d9f06cc_pub.ipc': '',
	});
	assert.deepEqual(await foundBuses(disk), [
		{ name: 'salt', raw: { bus: 'master', folder: '/var/run/salt/master' } },
		{ name: 'minion', raw: { bus: 'minion', folder: '/var/run/salt/minion' } },
	]);
});

test('the configuration says where else to look, a file of the folder over the main one', async () => {
	const disk = aDisk({
		'/etc/salt/master': 'sock_dir: /srv/a\nroot_dir: /\n',
		'/etc/salt/master.d/20-b.conf': 'sock_dir: /srv/b\n',
		'/etc/salt/master.d/10-a.conf': 'sock_dir: /srv/never\n',
		'/etc/salt/master.d/30-c.yaml': 'sock_dir: /srv/not-read\n',
		'/srv/b/master_event_pub.ipc': '',
	});
	assert.deepEqual(await foundBuses(disk), [
		{ name: 'salt', raw: { bus: 'master', folder: '/srv/b' } },
	]);
});

test('root_dir stands before the folder, and only once', async () => {
	for (const sockets of ['', 'sock_dir: /opt/salt/var/run/salt/master\n']) {
		const disk = aDisk({
			'/etc/salt/master': `root_dir: /opt/salt\n${sockets}`,
			'/opt/salt/var/run/salt/master/master_event_pub.ipc': '',
		});
		const [found] = await foundBuses(disk);
		assert.equal(found?.raw['folder'], '/opt/salt/var/run/salt/master');
	}
});

test('ipc_mode tcp is found by its ports', async () => {
	const disk = aDisk({
		'/etc/salt/master': 'ipc_mode: tcp\n',
		'/etc/salt/minion': 'ipc_mode: tcp\ntcp_pub_port: 9510\ntcp_pull_port: 9600\nid: web-01\n',
	});
	assert.deepEqual(await foundBuses(disk), [
		{ name: 'salt', raw: { bus: 'master', tcp: '127.0.0.1:4512', pull: 4513 } },
		{ name: 'minion', raw: { bus: 'minion', tcp: '127.0.0.1:9510', pull: 9600, id: 'web-01' } },
	]);
});

test('a minion’s id and the kind of its hash come from its configuration', async () => {
	const disk = aDisk({
		'/etc/salt/minion': 'hash_type: md5\n',
		'/etc/salt/minion_id': 'web-01\n',
		'/var/run/salt/minion/minion_event_9e795e3c83_pub.ipc': '',
	});
	const [found] = await foundBuses(disk);
	assert.deepEqual(found?.raw, {
		bus: 'minion',
		folder: '/var/run/salt/minion',
		id: 'web-01',
		hash: 'md5',
	});
	const place = { kind: 'configured' } as const;
	const { pub } = await socketsOf({ bus: 'minion', place, id: undefined, hash: undefined }, disk);
	assert.deepEqual(pub, { path: '/var/run/salt/minion/minion_event_9e795e3c83_pub.ipc' });
});

test('a configuration that cannot be read as YAML says nothing', async () => {
	const disk = aDisk({
		'/etc/salt/master': '{{ jinja }}: [',
		'/var/run/salt/master/master_event_pub.ipc': '',
	});
	assert.equal((await foundBuses(disk)).length, 1);
});
