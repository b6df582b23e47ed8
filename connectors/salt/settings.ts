import * as z from 'zod';
import { Failure } from '../../src/core/errors.ts';
import { checked, countSet } from '../settings.ts';
import { type Bus, defaultPorts } from './daemon-config.ts';
import type { Manner } from './manner.ts';

/** Where a bus is: a folder of socket files, two loopback ports, or where the daemon's configuration says. */
export type Place =
	| { readonly kind: 'folder'; readonly folder: string }
	| { readonly kind: 'tcp'; readonly host: string; readonly pub: number; readonly pull: number }
	| { readonly kind: 'configured' };

export type SaltSettings = {
	readonly bus: Bus;
	readonly place: Place;
	/** The minion's id; without it the one pair of sockets in the folder. */
	readonly id?: string | undefined;
	/** How the names of its sockets are made of the id: `sha256`, in old configurations `md5`. */
	readonly hash?: string | undefined;
	/** Where the master's bus is, on which a forwarded event must appear. */
	readonly master: Place;
	/** What is learned of the bus's ways while it is read and written to. */
	readonly manner: Manner;
};

/** A unix socket's path has at most so many bytes. */
const longestPath = 107;
const longestName = {
	master: 'master_event_pull.ipc'.length,
	minion: 'minion_event_0123456789_pull.ipc'.length,
} as const;

const folder = z.string().startsWith('/', { error: 'is an absolute path' });
const loopback = z.string().regex(/^(127\.\d+\.\d+\.\d+|localhost|::1):\d+$/, {
	error: 'is a loopback address with a port, such as 127.0.0.1:4510',
});
const port = z.coerce.number().int().min(1).max(65535);

const schema = z
	.strictObject({
		bus: z.enum(['master', 'minion']).optional(),
		/** Told by the socket itself, but for one that is not there yet. */
		transport: z.enum(['stream', 'zeromq']).default('stream'),
		folder: folder.optional(),
		tcp: loopback.optional(),
		pull: port.optional(),
		id: z.string().min(1).optional(),
		hash: z.enum(['sha256', 'md5', 'sha1', 'sha512']).optional(),
		master: z.union([folder, loopback]).optional(),
	})
	.refine(({ folder, tcp }) => countSet(folder, tcp) <= 1, {
		error: 'has either a folder or a tcp address',
	})
	.refine(({ bus, folder }) => hasRoom(folder ?? '', bus ?? 'master'), {
		error: `is too long: its sockets would have paths beyond ${longestPath} bytes`,
		path: ['folder'],
	});

function hasRoom(folder: string, bus: Bus): boolean {
	return Buffer.byteLength(folder) + 1 + longestName[bus] <= longestPath;
}

/** Raw settings checked; errors are sentences. */
export function parseSettings(raw: unknown): SaltSettings {
	const { bus, transport, folder, tcp, pull, id, hash, master } = checked('salt', schema, raw);
	const which = bus ?? (tcp === undefined ? 'master' : busAt(tcp));
	return {
		bus: which,
		place: placeOf(folder ?? tcp, which, pull),
		id,
		hash,
		master: placeOf(master, 'master'),
		manner: transport === 'zeromq' ? { isZeromq: true } : {},
	};
}

function placeOf(where: string | undefined, bus: Bus, pull?: number): Place {
	if (where === undefined) return { kind: 'configured' };
	if (where.startsWith('/')) return { kind: 'folder', folder: where };
	const [host, pub] = splitPort(where);
	const { pub: usualPub, pull: usualPull } = defaultPorts[bus];
	return { kind: 'tcp', host, pub, pull: pull ?? pub + usualPull - usualPub };
}

function splitPort(address: string): [host: string, port: number] {
	const colon = address.lastIndexOf(':');
	return [address.slice(0, colon), Number(address.slice(colon + 1))];
}

function busAt(address: string): Bus {
	return splitPort(address)[1] === defaultPorts.minion.pub ? 'minion' : 'master';
}

const known = new Set(['bus', 'id', 'hash', 'pull', 'master']);

/** `DIR`, `tcp://127.0.0.1:PORT`, nothing (where the daemon's configuration says); `zmq:` before it for Salt up to 2015.8. */
export function settingsText(
	rest: string,
	query: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
	for (const key of query.keys()) {
		if (!known.has(key))
			throw new Failure('usage', `salt: knows no ?${key}=, only ${[...known].join(', ')}`);
	}
	const isZeromq = rest.startsWith('zmq:');
	const place = isZeromq ? rest.slice('zmq:'.length) : rest;
	return {
		...Object.fromEntries(query),
		...(isZeromq ? { transport: 'zeromq' } : {}),
		...placeText(place),
	};
}

function placeText(place: string): Readonly<Record<string, unknown>> {
	if (place === '') return {};
	if (place.startsWith('tcp://')) return { tcp: place.slice('tcp://'.length) };
	return { folder: place };
}
