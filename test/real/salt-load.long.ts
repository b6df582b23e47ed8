import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { salt } from '../../connectors/salt.ts';
import { Frames } from '../../connectors/wire/frames.ts';
import { boundsOf } from '../../src/core/bounds.ts';
import type { Sink } from '../../src/core/connector.ts';
import { EventLog } from '../../src/log/event-log.ts';
import { aBell } from '../support/a-bell.ts';
import { root } from '../support/files.ts';
import { type SaltLab, saltLab } from '../support/salt-lab.ts';
import type { Release } from '../support/servers.ts';

const count = 60_000;
const bytes = 3600;
const patienceMs = 120_000;
/** Runs of one kind differ by so many bytes; a reader that lags costs ten times as much. */
const noise = (count * bytes) / 10;
const rounds = 3;

/** Somebody attached to a bus: how many events came, and how often it lost its connection. */
type Attached = {
	readonly received: () => number;
	readonly losses: () => number;
	until(what: string, holds: () => boolean): Promise<void>;
	end(): Promise<void>;
};

/** Only reads, and counts the frames without looking into them. */
async function bareReader(lab: SaltLab): Promise<Attached> {
	const bell = aBell(patienceMs);
	let received = 0;
	let losses = 0;
	const frames = new Frames({
		cut() {
			received += 1;
		},
		broken() {},
	});
	const socket = connect({
		path: join(String(lab.master['folder']), 'master_event_pub.ipc'),
		onread: {
			buffer: () => frames.room(),
			callback(length) {
				frames.took(length);
				bell.ring();
				return true;
			},
		},
	});
	socket.on('close', () => {
		losses += 1;
	});
	await once(socket, 'connect');
	return {
		received: () => received,
		losses: () => losses,
		until: bell.until,
		async end() {
			socket.destroy();
		},
	};
}

/** The connector, with its events kept in the log. */
async function eventctl(lab: SaltLab): Promise<Attached> {
	const bell = aBell(patienceMs);
	const log = new EventLog({ events: 1_000_000, bytes: 512 * 1024 * 1024 });
	const stop = new AbortController();
	const state = { losses: 0, isLive: false };
	const sink = intoLog(log, state, bell.ring);
	const done = salt.open(salt.parse(lab.master), sink, stop.signal);
	await bell.until('the link', () => state.isLive);
	return {
		received: () => log.next - 1,
		losses: () => state.losses,
		until: bell.until,
		async end() {
			stop.abort();
			await done;
		},
	};
}

function intoLog(
	log: EventLog,
	state: { losses: number; isLive: boolean },
	changed: () => void,
): Sink {
	const at = boundsOf(Buffer.alloc(0), Buffer.alloc(0));
	return {
		cut(buffer, tagStart, tagEnd, bodyStart, bodyEnd) {
			Object.assign(at, { tag: buffer, tagStart, tagEnd, body: buffer, bodyStart, bodyEnd });
			log.append(at, 0, 0, 0);
			changed();
		},
		event() {},
		broken() {},
		dropped() {},
		gap() {
			state.losses += 1;
		},
		link({ kind }) {
			state.isLive = kind === 'live';
			changed();
		},
	};
}

/** What a flood does to a new master with this reader attached: bytes its publisher grew at its peak. */
async function growth(
	t: TestContext,
	release: Release,
	attach: (lab: SaltLab) => Promise<Attached>,
): Promise<number | undefined> {
	const lab = await saltLab(t, { release, minions: [] });
	if (lab === undefined) return undefined;
	await lab.stopReading();
	const publisher = publisherOf(lab.masterGroup);
	const before = memory(publisher, 'VmRSS');
	const reader = await attach(lab);
	await flood(lab);
	await reader.until('all events', () => reader.received() >= count || reader.losses() > 0);
	const peak = memory(publisher, 'VmHWM');
	assert.deepEqual([reader.received(), reader.losses()], [count, 0]);
	await reader.end();
	await lab.killMaster();
	t.diagnostic(`${release}, ${attach.name}: +${Math.round((peak - before) / 1e6)} MB`);
	return peak - before;
}

async function flood({ master }: SaltLab): Promise<void> {
	const pull = join(String(master['folder']), 'master_event_pull.ipc');
	const program = join(root, 'dist/test/support/salt-flood.js');
	const args = [program, pull, String(count), String(bytes)];
	await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
}

/** The master's process that writes to the subscribers. */
function publisherOf(group: number): number {
	const isPublisher = (pid: string) => {
		const stat = read(`/proc/${pid}/stat`);
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return Number(fields[2]) === group && /EventPublisher/.test(read(`/proc/${pid}/cmdline`));
	};
	const found = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter(isPublisher);
	assert.equal(found.length, 1);
	return Number(found[0]);
}

/** Bytes. */
function memory(pid: number, key: 'VmRSS' | 'VmHWM'): number {
	const line = read(`/proc/${pid}/status`)
		.split('\n')
		.find((text) => text.startsWith(key));
	return Number(line?.match(/\d+/)?.[0]) * 1024;
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

for (const release of ['salt-lts', 'salt'] as const) {
	test(`a flood makes the publisher of ${release} grow no more with us than with a reader that only reads`, async (t) => {
		let bare = Number.POSITIVE_INFINITY;
		let ours = Number.POSITIVE_INFINITY;
		for (let round = 0; round < rounds; round += 1) {
			const bareGrowth = await growth(t, release, bareReader);
			const ourGrowth = await growth(t, release, eventctl);
			if (bareGrowth === undefined || ourGrowth === undefined) return;
			bare = Math.min(bare, bareGrowth);
			ours = Math.min(ours, ourGrowth);
			if (ours <= bare + noise) return;
		}
		assert.fail(`+${ours} bytes with us, +${bare} with a bare reader`);
	});
}
