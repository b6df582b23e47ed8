import { type Peek, sliceIn } from '../../core/format.ts';
import { ascii, indexOf, isAt, isDigit } from '../bytes.ts';

/** What kind of event a tag of Salt's names. A tag proves nothing about its sender. */
export type Family =
	| 'published'
	| 'new'
	| 'publish'
	| 'return'
	| 'progress'
	| 'state-result'
	| 'runner'
	| 'wheel'
	| 'batch'
	| 'auth'
	| 'credentials'
	| 'key'
	| 'rotation'
	| 'start'
	| 'refresh'
	| 'presence'
	| 'beacon'
	| 'fileserver'
	| 'stats'
	| 'cloud'
	| 'hook'
	| 'client'
	| 'reactors'
	| 'forward'
	| 'internal'
	| 'custom';

const slash = 0x2f;
const literal = {
	syndic: ascii('syndic/'),
	salt: ascii('salt/'),
	job: ascii('job/'),
	new: ascii('new'),
	publish: ascii('publish'),
	ret: ascii('ret/'),
	prog: ascii('prog/'),
	stateResult: ascii('state_result/'),
	stats: ascii('stats/'),
	run: ascii('run/'),
	reactors: ascii('reactors/manage/'),
	wheel: ascii('wheel/'),
	batch: ascii('batch/'),
	beacon: ascii('beacon/'),
	auth: ascii('auth'),
	credentials: ascii('auth/creds'),
	key: ascii('key'),
	minion: ascii('minion/'),
	start: ascii('/start'),
	presence: ascii('presence/'),
	fileserver: ascii('fileserver/'),
	cloud: ascii('cloud/'),
	hook: ascii('netapi/hook'),
	event: ascii('event/'),
	minionStart: ascii('minion_start'),
	syndicStart: ascii('syndic_start'),
	minionRefresh: ascii('minion/refresh/'),
	resourceRefresh: ascii('resource/refresh/'),
	newJob: ascii('new_job'),
	forward: ascii('fire_master'),
	internal: ascii('__'),
};

/**
 * The family of the tag between `start` and `end`; where the tag names a minion, `out` gets its host. Part of
 * the hot path: allocates nothing.
 */
export function familyAt(tag: Uint8Array, start: number, end: number, out: Peek): Family {
	const from = afterSyndic(tag, start, end);
	if (!isAt(tag, from, end, literal.salt)) return familyOutside(tag, from, end, out);
	const at = from + 5;
	switch (tag[at]) {
		case 0x6a:
			return jobFamily(tag, at, end, out);
		case 0x62:
			return isAt(tag, at, end, literal.batch) ? 'batch' : beaconFamily(tag, at, end, out);
		case 0x73:
			return stateFamily(tag, at, end, out);
		case 0x6d:
			return startFamily(tag, at, end, literal.minion, out);
		default:
			return masterFamily(tag, at, end);
	}
}

/** Behind `syndic/ID/`, where a tag begins with it. */
export function afterSyndic(tag: Uint8Array, start: number, end: number): number {
	if (!isAt(tag, start, end, literal.syndic)) return start;
	const behind = indexOf(tag, slash, start + 7, end) + 1;
	return behind < end ? behind : start;
}

function jobFamily(tag: Uint8Array, at: number, end: number, out: Peek): Family {
	const rest = indexOf(tag, slash, at + 4, end) + 1;
	if (!isAt(tag, at, end, literal.job) || rest >= end) return 'custom';
	if (isAt(tag, rest, end, literal.ret)) return claim(out, rest + 4, end, 'return');
	if (is(tag, rest, end, literal.new)) return 'new';
	if (is(tag, rest, end, literal.publish)) return 'publish';
	if (!isAt(tag, rest, end, literal.prog)) return 'custom';
	return claim(out, rest + 5, indexOf(tag, slash, rest + 5, end), 'progress');
}

function beaconFamily(tag: Uint8Array, at: number, end: number, out: Peek): Family {
	const idEnd = indexOf(tag, slash, at + 7, end);
	if (!isAt(tag, at, end, literal.beacon) || idEnd + 1 >= end) return 'custom';
	return claim(out, at + 7, idEnd, 'beacon');
}

/** `salt/state_result/JID/ID/…`, `salt/stats/…`, `salt/syndic/ID/start`. */
function stateFamily(tag: Uint8Array, at: number, end: number, out: Peek): Family {
	if (isAt(tag, at, end, literal.stats)) return 'stats';
	if (!isAt(tag, at, end, literal.stateResult)) {
		return startFamily(tag, at, end, literal.syndic, out);
	}
	const id = indexOf(tag, slash, at + 13, end) + 1;
	if (id >= end) return 'custom';
	return claim(out, id, indexOf(tag, slash, id, end), 'state-result');
}

function startFamily(
	tag: Uint8Array,
	at: number,
	end: number,
	room: Uint8Array,
	out: Peek,
): Family {
	const idEnd = indexOf(tag, slash, at + room.length, end);
	if (!isAt(tag, at, end, room) || !is(tag, idEnd, end, literal.start)) return 'custom';
	return claim(out, at + room.length, idEnd, 'start');
}

/** What the master says about itself, and what came to it from no minion. */
function masterFamily(tag: Uint8Array, at: number, end: number): Family {
	if (isAt(tag, at, end, literal.run)) return 'runner';
	if (isAt(tag, at, end, literal.wheel)) return 'wheel';
	if (is(tag, at, end, literal.auth)) return 'auth';
	if (is(tag, at, end, literal.credentials)) return 'credentials';
	if (is(tag, at, end, literal.key)) return 'key';
	if (isAt(tag, at, end, literal.presence)) return 'presence';
	if (isAt(tag, at, end, literal.fileserver)) return 'fileserver';
	if (isAt(tag, at, end, literal.cloud)) return 'cloud';
	if (isAt(tag, at, end, literal.hook)) return 'hook';
	if (isAt(tag, at, end, literal.event)) return 'client';
	return isAt(tag, at, end, literal.reactors) ? 'reactors' : 'custom';
}

function familyOutside(tag: Uint8Array, at: number, end: number, out: Peek): Family {
	if (isAt(tag, at, end, literal.internal)) return 'internal';
	if (isJid(tag, at, end)) return 'published';
	if (is(tag, at, end, literal.key)) return 'rotation';
	if (is(tag, at, end, literal.newJob)) return 'new';
	if (is(tag, at, end, literal.forward)) return 'forward';
	if (is(tag, at, end, literal.minionStart) || is(tag, at, end, literal.syndicStart))
		return 'start';
	if (isAt(tag, at, end, literal.minionRefresh)) return claim(out, at + 15, end, 'refresh');
	if (isAt(tag, at, end, literal.resourceRefresh)) return claim(out, at + 17, end, 'refresh');
	return 'custom';
}

function is(tag: Uint8Array, at: number, end: number, whole: Uint8Array): boolean {
	return end - at === whole.length && isAt(tag, at, end, whole);
}

function isJid(tag: Uint8Array, start: number, end: number): boolean {
	if (end - start !== 20) return false;
	for (let at = start; at < end; at += 1) if (!isDigit(tag[at])) return false;
	return true;
}

/** A family whose tag names a minion between `start` and `end`. */
function claim(out: Peek, start: number, end: number, family: Family): Family {
	if (end <= start) return family;
	out.hostIn = sliceIn.tag;
	out.hostStart = start;
	out.hostEnd = end;
	return family;
}

/** Whether the `id` in an event's body is the minion it is about, also without a minion's envelope around it. */
export function hasHostInBody(family: Family): boolean {
	return family === 'auth' || family === 'key' || family === 'published';
}

const fromMinions: ReadonlySet<Family> = new Set([
	'progress',
	'state-result',
	'start',
	'beacon',
	'refresh',
	'forward',
	'internal',
	'custom',
]);

/** Whether only the master itself sends such events, unless somebody lies. */
export function isFromMaster(family: Family): boolean {
	return !fromMinions.has(family);
}
