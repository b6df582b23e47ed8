import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { startNatsServer } from '../../src/lab/nats-server.ts';
import { aBell } from '../support/a-bell.ts';
import { root } from '../support/files.ts';
import { needServer } from '../support/servers.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Subscribes to everything, and keeps what the server says. */
function subscriber(t: TestContext, port: number, token: string) {
	const bell = aBell();
	const socket: Socket = connect(port, '127.0.0.1');
	let said = '';
	socket.on('data', (bytes) => {
		said += bytes.toString();
		bell.ring();
	});
	socket.on('error', () => {});
	socket.write(`CONNECT {"verbose":false,"auth_token":"${token}"}\r\nSUB > 1\r\nPING\r\n`);
	t.after(() => socket.destroy());
	return { socket, said: () => said, until: bell.until };
}

test('the lab’s NATS server takes what is published, and lets nobody in without the token', async (t) => {
	const path = needServer(t, 'nats-server');
	if (!path) return;
	const server = await startNatsServer(path, tempFolder(t));
	t.after(() => server.close());
	const token = readFileSync(server.tokenFile, 'utf8');
	const { said, until } = subscriber(t, server.port, token);
	await until('an answer', () => said().includes('PONG'));
	server.publish('ops.deploy', Buffer.from('{"é":1}'));
	await until('a message', () => said().includes('MSG ops.deploy 1 8\r\n{"é":1}\r\n'));
	const stranger = subscriber(t, server.port, 'guess');
	await stranger.until('a refusal', () => stranger.said().includes('Authorization Violation'));
});

test('killed, the lab takes its NATS server with it', async (t) => {
	const path = needServer(t, 'nats-server');
	if (!path) return;
	const folder = tempFolder(t);
	const script = `
		import { startNatsServer } from '${root}dist/src/lab/nats-server.js';
		const server = await startNatsServer('${path}', '${folder}');
		process.stdout.write(String(server.port));
		setInterval(() => {}, 1000);`;
	const lab = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [port] = await once(lab.stdout, 'data');
	const { socket, said, until } = subscriber(
		t,
		Number(port),
		readFileSync(`${folder}/nats.token`, 'utf8'),
	);
	await until('an answer', () => said().includes('PONG'));
	lab.kill('SIGKILL');
	await once(socket, 'close');
	assert.match(said(), /PONG/);
});
