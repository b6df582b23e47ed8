import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { refusal } from '../../../connectors/salt/refusal.ts';
import { drain } from '../../../connectors/wire/unix-socket.ts';
import { asNobody } from '../../support/as-nobody.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const reader = { room: () => Buffer.alloc(1024), took: () => true };

/** A socket that somebody listens behind. */
async function aSocket(t: TestContext, path: string): Promise<void> {
	const server = createServer();
	t.after(() => server.close());
	await new Promise<void>((resolve) => server.listen(path, resolve));
}

/** The sentence a person who is not root is told. */
function told(path: string): Promise<string> {
	return asNobody(async () => {
		const end = await drain({ path }, reader, () => {}, new AbortController().signal);
		assert.ok(end.kind === 'refused');
		return (await refusal({ path }, 'master', end.error)).message;
	});
}

const { username } = userInfo();

test('a socket for its user alone names that user', async (t) => {
	const folder = tempFolder(t);
	chmodSync(folder, 0o755);
	const path = join(folder, 'master_event_pub.ipc');
	await aSocket(t, path);
	chmodSync(path, 0o400);
	const says = await told(path);
	assert.match(says, /^cannot open .*master_event_pub\.ipc \(EACCES\): it belongs to user /);
	assert.match(says, new RegExp(`user ${username} .*\\(mode 0400\\): run as ${username}$`));
});

test('a socket for a group names the group to join', async (t) => {
	const folder = tempFolder(t);
	chmodSync(folder, 0o755);
	const path = join(folder, 'master_event_pub.ipc');
	await aSocket(t, path);
	// A person who owns the file is its user, whatever the group may do.
	chmodSync(path, 0o060);
	assert.match(await told(path), /\(mode 060\): run as \S+ or join the group \S+$/);
});

test('a folder that may not be passed is named itself', async (t) => {
	const folder = tempFolder(t);
	chmodSync(folder, 0o755);
	const inner = join(folder, 'run');
	mkdirSync(inner);
	const path = join(inner, 'master_event_pub.ipc');
	await aSocket(t, path);
	chmodSync(inner, 0o600);
	const says = await told(path);
	chmodSync(inner, 0o700);
	assert.match(says, /\(EACCES\): \S+\/run belongs to user .*\(mode 0600\): run as/);
});

test('where the rights allow it, a security policy is to blame', async (t) => {
	const path = join(tempFolder(t), 'master_event_pub.ipc');
	await aSocket(t, path);
	for (const code of ['EACCES', 'EPERM']) {
		const failure = await refusal({ path }, 'master', Object.assign(new Error('no'), { code }));
		assert.equal(failure.code, 'denied');
		assert.match(
			failure.message,
			/its rights allow it, so a security policy \(AppArmor, SELinux\)/,
		);
	}
});

test('a socket without a daemon behind it was left by one', async (t) => {
	const path = join(tempFolder(t), 'x.ipc');
	const end = await drain({ path }, reader, () => {}, new AbortController().signal);
	assert.ok(end.kind === 'refused');
	const failure = await refusal({ path }, 'minion', end.error);
	assert.equal(failure.code, 'unreachable');
	assert.match(failure.message, /ENOENT\): no salt-minion was ever started there/);
	const dead = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
	assert.match(
		(await refusal({ path }, 'minion', dead)).message,
		/its salt-minion is not running now/,
	);
});
