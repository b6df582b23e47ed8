import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Failure } from '../../src/core/errors.ts';
import type { Address } from '../wire/unix-socket.ts';
import { type Bus, type DaemonConfig, daemonConfig } from './daemon-config.ts';
import type { Files } from './files.ts';
import type { Place, SaltSettings } from './settings.ts';

/** The two ends of one bus: what is read from, what is written to. */
export type Sockets = {
	readonly bus: Bus;
	readonly pub: Address;
	readonly pull: Address;
	/** Whether an id is the one of the minion whose bus this is, as far as its sockets tell. */
	isOwn(id: string): boolean;
};

const pairName = /^minion_event_([0-9a-f]+)_pub\.ipc$/;
const hashes = ['sha256', 'md5'] as const;

/** Where the bus is now; asked again before each connection. Throws a Failure where nothing tells. */
export async function socketsOf(
	{ bus, place, id, hash }: Pick<SaltSettings, 'bus' | 'place' | 'id' | 'hash'>,
	files: Files,
): Promise<Sockets> {
	if (place.kind === 'tcp') return tcpSockets(bus, place, id);
	if (place.kind === 'folder') return folderSockets(bus, place.folder, { id, hash }, files);
	const config = await daemonConfig(bus, files);
	if (config.isTcp) return tcpSockets(bus, placeIn(config), id ?? config.id);
	const name = { id: id ?? config.id, hash: hash ?? config.hash };
	return folderSockets(bus, config.folder, name, files);
}

function placeIn({ pubPort, pullPort }: DaemonConfig): Place & { kind: 'tcp' } {
	return { kind: 'tcp', host: '127.0.0.1', pub: pubPort, pull: pullPort };
}

function tcpSockets(bus: Bus, { host, pub, pull }: Place & { kind: 'tcp' }, id?: string): Sockets {
	return {
		bus,
		pub: { host, port: pub },
		pull: { host, port: pull },
		isOwn: (other) => id === undefined || other === id,
	};
}

async function folderSockets(
	bus: Bus,
	folder: string,
	name: { readonly id?: string | undefined; readonly hash?: string | undefined },
	files: Files,
): Promise<Sockets> {
	if (bus === 'master') return pairAt(bus, folder, 'master_event', () => false);
	const hash = await minionHash(folder, name, files);
	const isOwn = (id: string) => hashes.some((kind) => shortHash(kind, id) === hash);
	return pairAt(bus, folder, `minion_event_${hash}`, isOwn);
}

function pairAt(bus: Bus, folder: string, name: string, isOwn: Sockets['isOwn']): Sockets {
	return {
		bus,
		pub: { path: join(folder, `${name}_pub.ipc`) },
		pull: { path: join(folder, `${name}_pull.ipc`) },
		isOwn,
	};
}

/** The part of a minion's socket names that stands for its id. */
async function minionHash(
	folder: string,
	{ id, hash }: { readonly id?: string | undefined; readonly hash?: string | undefined },
	files: Files,
): Promise<string> {
	const names = (await files.list(folder)) ?? [];
	const present = names.flatMap((name) => pairName.exec(name)?.[1] ?? []);
	if (id !== undefined) return hashOf(id, hash, present);
	const [only, second] = present;
	if (second !== undefined) {
		throw new Failure(
			'config',
			`salt: ${folder} holds the sockets of ${present.length} minions: say which by id=`,
		);
	}
	if (only === undefined) {
		throw new Failure(
			'unreachable',
			`no minion's event socket is in ${folder}: no salt-minion was ever started there, or another user must look`,
		);
	}
	return only;
}

/** Where the configuration does not say how names are made, the name that is there decides. */
function hashOf(id: string, hash: string | undefined, present: readonly string[]): string {
	if (hash !== undefined) return shortHash(hash, id);
	const candidates = hashes.map((kind) => shortHash(kind, id));
	return candidates.find((name) => present.includes(name)) ?? shortHash('sha256', id);
}

function shortHash(kind: string, id: string): string {
	return createHash(kind).update(id).digest('hex').slice(0, 10);
}
