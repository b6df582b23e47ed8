import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSs, parseTcpTable } from '../../src/actions/connections.ts';
import { isWithin, parseNetwork, parseWay, wayText } from '../../src/actions/openings.ts';
import { parseStat } from '../../src/actions/proc.ts';
import { parseSshLogin } from '../../src/actions/ssh-login.ts';

for (const [text, spelled] of [
	['10.0.0.4', '10.0.0.4'],
	['10.0.0.0/24', '10.0.0.0/24'],
	['2001:DB8:0:0::1', '2001:db8::1'],
	['2001:db8::/32', '2001:db8::/32'],
	['::ffff:10.0.0.4', '10.0.0.4'],
] as const) {
	test(`${text} is the network ${spelled}`, () => assert.equal(parseNetwork(text), spelled));
}

for (const text of [
	'',
	'web12',
	'0.0.0.0/0',
	'10.0.0.0/7',
	'::/0',
	'10.0.0.0/33',
	'10.0.0.0/8/8',
	'10.0.0.1 }',
	'10.0.0.0/',
]) {
	test(`${JSON.stringify(text)} is no network`, () => assert.throws(() => parseNetwork(text)));
}

for (const text of [
	'10.0.0.9:4222',
	'[2001:db8::1]:4505',
	'hub.example:4222',
	'10.0.0.53:53/udp',
]) {
	test(`${text} is a way out`, () => assert.equal(wayText(parseWay(text)), text));
}

for (const text of [
	'10.0.0.9',
	'hub:0',
	'hub:65536',
	'-rf:22',
	'a b:22',
	'hub:22/icmp',
	'hub:22; drop',
	'2001:db8::1:22',
]) {
	test(`${text} is no way out`, () => assert.throws(() => parseWay(text)));
}

test('an address lies within its network, and no other', () => {
	assert.equal(isWithin('10.0.0.4', ['192.0.2.1', '10.0.0.0/24']), true);
	assert.equal(isWithin('10.0.1.4', ['192.0.2.1', '10.0.0.0/24']), false);
	assert.equal(isWithin('2001:db8::7', ['2001:db8::/64']), true);
});

test('an SSH login is read from what sshd says of it', () => {
	const login = { peer: '10.0.0.4', peerPort: 50_022, port: 22 };
	assert.deepEqual(parseSshLogin('10.0.0.4 50022 10.0.0.1 22'), login);
	assert.deepEqual(parseSshLogin('::ffff:10.0.0.4 50022 ::ffff:10.0.0.1 22'), login);
	assert.deepEqual(parseSshLogin('fe80::1%eth0 50022 fe80::2 22'), { ...login, peer: 'fe80::1' });
	for (const text of ['', 'web12 1 web7 22', '10.0.0.4 0 10.0.0.1 22', '10.0.0.4']) {
		assert.equal(parseSshLogin(text), undefined);
	}
});

test('the kernel’s tables and ss tell the same connections', () => {
	const four = '   0: 0100000A:0016 0400000A:C366 01 00000000:00000000 00:00000000';
	const six =
		'   1: B80D0120000000000000000001000000:0016 0000000000000000FFFF00000400000A:C366 01 0:0';
	const listening = '   2: 00000000:0016 00000000:0000 0A 00000000:00000000';
	const local = { address: '10.0.0.1', port: 22 };
	const peer = { address: '10.0.0.4', port: 50_022 };
	assert.deepEqual(parseTcpTable(`sl local\n${four}\n${listening}\n`), [{ local, peer }]);
	assert.deepEqual(parseTcpTable(six), [{ local: { ...local, address: '2001:db8::1' }, peer }]);
	const lines = [
		'0      0      10.0.0.1:22 10.0.0.4:50022 \n',
		'ESTAB 0 36 [::ffff:10.0.0.1]:22 [::ffff:10.0.0.4]:50022\n',
		'ESTAB 0 0 10.0.0.1%eth0:22 10.0.0.4:50022\n',
	];
	for (const line of lines) assert.deepEqual(parseSs(line), [{ local, peer }]);
});

test('a process that calls itself by parentheses and numbers deceives nobody', () => {
	const rest = 'S 1 4711 4711 0 -1 2097152 0 0 0 0 0 0 0 0 20 0 1 0 987654 0 0';
	const stat = parseStat(`4711 (a) R 9 9 (b) ${rest}`);
	assert.equal(stat?.name, 'a) R 9 9 (b');
	assert.equal(stat?.parent, 1);
	assert.equal(stat?.startTime, '987654');
	assert.equal(stat?.isKernelThread, true);
	assert.equal(parseStat('4711 nonsense'), undefined);
});
