import assert from 'node:assert/strict';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { isReference, resolveSecret, Secret } from '../../src/core/secret.ts';
import { tempFolder } from '../support/temp-folder.ts';

const canary = 'canary-b7e1';

async function complaint(reference: string): Promise<string> {
	const thrown = await resolveSecret(reference, {}).catch((error: Error) => error.message);
	assert.ok(typeof thrown === 'string', `${reference} gave a secret`);
	return thrown;
}

test('a secret prints as *** however it is printed', () => {
	const secret = new Secret(canary);
	const printed = [`${secret}`, String(secret), JSON.stringify({ secret }), inspect({ secret })];
	for (const text of printed) {
		assert.ok(!text.includes(canary));
		assert.match(text, /\*\*\*/);
	}
	assert.equal(secret.reveal(), canary);
});

test('a file, a variable and a command give their secret without the line end', async (t) => {
	const path = join(tempFolder(t), 'seed');
	writeFileSync(path, `${canary}\n`, { mode: 0o600 });
	const env = { TOKEN: canary };
	for (const reference of [`file:${path}`, 'env:TOKEN', `cmd:echo ${canary}`]) {
		assert.equal((await resolveSecret(reference, env)).reveal(), canary, reference);
	}
});

test('~ in a path is the home folder', async (t) => {
	const folder = tempFolder(t);
	writeFileSync(join(folder, 'seed'), canary, { mode: 0o600 });
	assert.equal((await resolveSecret('file:~/seed', { HOME: folder })).reveal(), canary);
});

test('a file that others may read, a link and an absent file are refused, and never quoted', async (t) => {
	const folder = tempFolder(t);
	const path = join(folder, 'seed');
	writeFileSync(path, canary, { mode: 0o600 });
	symlinkSync(path, join(folder, 'link'));
	assert.match(await complaint(`file:${join(folder, 'link')}`), /is a symbolic link/);
	assert.match(await complaint(`file:${join(folder, 'absent')}`), /cannot be read/);
	assert.match(await complaint(`file:${folder}`), /is no plain file/);
	for (const mode of [0o640, 0o604, 0o660]) {
		chmodSync(path, mode);
		const says = await complaint(`file:${path}`);
		assert.match(says, /chmod 600/);
		assert.ok(!says.includes(canary));
	}
});

test('a command meets no shell, and one that fails is not quoted', async () => {
	const says = await complaint(`cmd:ls /nowhere/${canary}`);
	assert.equal(says, 'the secret command ls gave nothing (it failed): run it by hand');
	assert.equal((await resolveSecret('cmd:echo $HOME;id')).reveal(), '$HOME;id');
});

test('what is no reference and what is empty are refused', async () => {
	assert.match(await complaint(canary), /a secret is a reference/);
	assert.match(await complaint('env:ABSENT'), /env:ABSENT is empty/);
	assert.ok(!isReference(canary));
	assert.ok(isReference('file:/x') && isReference('env:X') && isReference('cmd:pass x'));
});
