import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { type TestContext, test } from 'node:test';
import { salt } from '../../connectors/salt.ts';
import { decodeMsgpack } from '../../src/codec/msgpack.ts';
import { boundsOf } from '../../src/core/bounds.ts';
import type { Outgoing, Receipt } from '../../src/core/connector.ts';
import { newPeek } from '../../src/core/format.ts';
import type { Link } from '../../src/core/link.ts';
import { severityName } from '../../src/core/severity.ts';
import { salt as format } from '../../src/formats/registry.ts';
import { aSink, type RecordingSink, type SunkEvent } from '../support/a-sink.ts';
import { asNobody } from '../support/as-nobody.ts';
import { type SaltLab, saltLab } from '../support/salt-lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const failingState = `
breaks:
  test.fail_without_changes:
    - comment: the disk is full
`;

type Raw = Readonly<Record<string, unknown>>;

function fire(raw: Raw, events: readonly Outgoing[], forward = false): Promise<Receipt> {
	assert.ok(salt.fire);
	return salt.fire(salt.parse(raw), events, { forward }, new AbortController().signal);
}

/** The first event whose tag matches, once it is there. */
async function seen(sink: RecordingSink, tag: RegExp): Promise<SunkEvent> {
	const find = () => sink.events.find((event) => tag.test(event.tag));
	await sink.until(`an event ${tag}`, () => find() !== undefined);
	const event = find();
	assert.ok(event);
	return event;
}

function dataOf(event: SunkEvent): Record<string, unknown> {
	return decodeMsgpack(event.body) as Record<string, unknown>;
}

/** One step of a lab's story; where it fails the daemons' logs are told. */
function step(t: TestContext, lab: SaltLab, name: string, play: Play): Promise<void> {
	return t.test(name, async (t) => {
		try {
			await play(lab, t);
		} catch (thrown) {
			t.diagnostic(lab.logs());
			throw thrown;
		}
	});
}

type Play = (lab: SaltLab, t: TestContext) => Promise<void>;

for (const release of ['salt-lts', 'salt'] as const) {
	test(`a real ${release}`, async (t) => {
		const lab = await saltLab(t, { release, states: { 'broken.sls': failingState } });
		if (lab === undefined) return;
		await step(t, lab, 'a job shows who was asked and what each answered', job);
		await step(t, lab, 'a state that fails is an error that says why', failure);
		await step(t, lab, 'what a minion sends arrives in its envelope', sent);
		await step(t, lab, 'what is fired is seen by Salt’s own listener', fired);
		await step(t, lab, 'a wrong guess of the form is mended on a new connection', mended);
		await step(t, lab, 'many events at once are all confirmed', many);
		await step(t, lab, 'the minion’s bus is read and written to', minionBus);
		await step(t, lab, 'one event is forwarded in the minion’s name', forwardedOne);
		await step(t, lab, 'five events are forwarded in one message', forwardedFive);
		await step(t, lab, 'a socket that may not be opened says whose it is', denied);
		await step(t, lab, 'a master killed and started again is one gap', restarted);
	});

	test(`a real ${release} with ipc_mode tcp`, async (t) => {
		const lab = await saltLab(t, { release, isTcp: true });
		if (lab === undefined) return;
		await step(t, lab, 'both buses are written to', overTcp);
		await step(t, lab, 'a minion forwards', forwardedOne);
	});
}

async function overTcp(lab: SaltLab): Promise<void> {
	assert.ok((await fire(lab.master, [{ tag: 'tcp/master', data: { n: 1 } }])).confirmed);
	await seen(lab.bus, /^tcp\/master$/);
	assert.ok((await fire(lab.minion('web-01'), [{ tag: 'tcp/minion', data: { n: 2 } }])).confirmed);
}

async function job(lab: SaltLab): Promise<void> {
	assert.equal((await lab.run('salt', ['*', 'test.ping'])).code, 0);
	const published = dataOf(await seen(lab.bus, /^salt\/job\/\d{20}\/new$/));
	assert.deepEqual([published['fun'], published['minions']], ['test.ping', ['web-01']]);
	const returned = dataOf(await seen(lab.bus, /^salt\/job\/\d{20}\/ret\/web-01$/));
	assert.equal(returned['return'], true);
}

async function failure(lab: SaltLab): Promise<void> {
	const { bus } = lab;
	const before = bus.events.length;
	await lab.run('salt', ['web-01', 'state.apply', 'broken']);
	const isReturn = (event: SunkEvent) => /^salt\/job\/\d{20}\/ret\/web-01$/.test(event.tag);
	await bus.until('the return', () => bus.events.slice(before).some(isReturn));
	const event = bus.events.slice(before).find(isReturn);
	assert.ok(event);
	const peek = newPeek();
	format.peek(boundsOf(event.tagBytes, event.body), peek);
	assert.equal(severityName(peek.severity), 'err');
	const data = format.decode(event.body);
	const { who, failed, summary } = format.facts(event.tag, data);
	assert.deepEqual([who, failed], ['web-01', 1]);
	assert.match(summary, /state\.apply/);
	const checks = format
		.pretty(event.tag, data)
		.flatMap((block) => (block.type === 'checks' ? block.checks : []));
	assert.deepEqual(
		checks.map(({ mark, comment }) => [mark, comment]),
		[['failed', 'the disk is full']],
	);
}

async function sent(lab: SaltLab): Promise<void> {
	await lab.run('salt-call', ['event.send', 'my/tag', '{"a": 1}'], 'web-01');
	const { id, data } = dataOf(await seen(lab.bus, /^my\/tag$/)) as {
		id: string;
		data: { a: number };
	};
	assert.deepEqual([id, data.a], ['web-01', 1]);
}

async function fired(lab: SaltLab, t: TestContext): Promise<void> {
	const [path, ...args] = lab.command('salt-run');
	const listener = spawn(path, [...args, 'state.event', 'ops/*', 'count=1', 'pretty=True'], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	t.after(() => listener.kill('SIGKILL'));
	let said = '';
	listener.stdout.setEncoding('utf8').on('data', (text) => {
		said += text;
	});
	const ended = once(listener, 'exit');
	await seen(lab.bus, /^salt\/run\/\d{20}\/new$/);
	// The runner says that it begins, not that it listens.
	while (said === '' && listener.exitCode === null) {
		const { confirmed } = await fire(lab.master, [
			{ tag: 'ops/deploy/done', data: { who: 'alice' } },
		]);
		assert.ok(confirmed);
	}
	await ended;
	assert.match(said, /^ops\/deploy\/done\t\{(?:.|\n)*"who": "alice"/);
}

async function mended({ master }: SaltLab): Promise<void> {
	const settings = salt.parse(master);
	settings.manner.writes = 'bare';
	const event = { tag: 'form/mended', data: {} };
	const receipt = await salt.fire?.(settings, [event], {}, new AbortController().signal);
	assert.match(receipt?.says ?? '', /seen again on the master bus \(length-prefixed frames\)/);
	assert.equal(settings.manner.writes, 'length');
}

async function many({ master, bus }: SaltLab): Promise<void> {
	const events = Array.from({ length: 500 }, (_, n) => ({ tag: 'many/event', data: { n } }));
	assert.match((await fire(master, events)).says, /^500 events seen again/);
	await bus.until('all', () => bus.tags().filter((tag) => tag === 'many/event').length === 500);
}

async function minionBus(lab: SaltLab): Promise<void> {
	const raw = lab.minion('web-01');
	const sink = lab.read(raw);
	await sink.until('the link', () => sink.lastLink() === 'live');
	await lab.run('salt-call', ['event.fire', '{"local": true}', 'my/local'], 'web-01');
	assert.equal(dataOf(await seen(sink, /^my\/local$/))['local'], true);
	assert.ok((await fire(raw, [{ tag: 'minion/only', data: {} }])).confirmed);
	await seen(sink, /^minion\/only$/);
	assert.ok(!lab.bus.tags().includes('minion/only'));
}

async function forwardedOne(lab: SaltLab): Promise<void> {
	const raw = lab.minion('web-01');
	assert.ok((await fire(raw, [{ tag: 'forwarded/one', data: { n: 1 } }], true)).confirmed);
	const { id, data } = dataOf(await seen(lab.bus, /^forwarded\/one$/));
	assert.equal(id, 'web-01');
	assert.equal((data as { n: number }).n, 1);
}

async function forwardedFive(lab: SaltLab): Promise<void> {
	const raw = lab.minion('web-01');
	const sink = lab.read(raw);
	await sink.until('the link', () => sink.lastLink() === 'live');
	const events = [1, 2, 3, 4, 5].map((n) => ({ tag: `forwarded/batch/${n}`, data: { n } }));
	assert.ok((await fire(raw, events, true)).confirmed);
	await lab.bus.until('all five', () => events.every(({ tag }) => lab.bus.tags().includes(tag)));
	assert.equal(sink.tags().filter((tag) => tag === 'fire_master').length, 1);
}

async function denied(lab: SaltLab): Promise<void> {
	const folder = String(lab.master['folder']);
	chmodSync(dirname(dirname(folder)), 0o755);
	await asNobody(async () => {
		const sink = lab.read(lab.master);
		await sink.until('the refusal', () => sink.lastLink() === 'waiting');
		const link = sink.links.at(-1);
		assert.ok(link?.kind === 'waiting');
		assert.match(
			link.reason,
			/^cannot open .*master_event_pub\.ipc \(EACCES\): .* belongs to user/,
		);
	});
}

async function restarted(lab: SaltLab): Promise<void> {
	const { bus } = lab;
	const { length } = bus.gaps;
	await lab.killMaster();
	const isRefused = (link?: Link) =>
		link?.kind === 'waiting' &&
		/\(ECONNREFUSED\): its salt-master is not running/.test(link.reason);
	await bus.until('the loss', () => isRefused(bus.links.at(-1)));
	lab.startMaster();
	await bus.until('the link', () => bus.lastLink() === 'live');
	assert.equal(bus.gaps.length, length + 1);
	assert.match(bus.gaps.at(-1)?.cause ?? '', /the salt-master closed the connection: it stopped/);
}

test('a folder where Salt never ran says so', async (t) => {
	const sink = aSink();
	const stop = new AbortController();
	const done = salt.open(salt.parse({ folder: tempFolder(t) }), sink, stop.signal);
	await sink.until('the refusal', () => sink.lastLink() === 'waiting');
	stop.abort();
	await done;
	assert.match(JSON.stringify(sink.links.at(-1)), /no salt-master was ever started there/);
});
