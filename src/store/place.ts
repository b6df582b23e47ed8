import { chmodSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Failure, reasonOf, systemCode } from '../core/errors.ts';

/** Where a store is, and with which rights its files are made. */
export type Place = {
	readonly folder: string;
	readonly database: string;
	readonly journal: string;
	/** Of a group of operators, and not of one user. */
	readonly isShared: boolean;
	readonly fileMode: number;
};

export type Env = Readonly<Record<string, string | undefined>>;

const shared = '/var/lib/eventctl';

/** The folder that was configured, the machine's where it has one, and else the user's own. */
export function placeOf(path: string | undefined, env: Env, machine = shared): Place {
	if (path !== undefined) return placeAt(path, false);
	return isFolder(machine) ? placeAt(machine, true) : placeAt(ownFolder(env), false);
}

function placeAt(folder: string, isShared: boolean): Place {
	return {
		folder,
		database: join(folder, 'events.db'),
		journal: join(folder, 'journal.jsonl'),
		isShared,
		fileMode: isShared ? 0o660 : 0o600,
	};
}

/** Under sudo the environment names the caller's home, and nothing of root's goes there. */
function ownFolder(env: Env): string {
	if (env['SUDO_USER'] && process.getuid?.() === 0) {
		return join(userInfo().homedir, '.local', 'share', 'eventctl');
	}
	const home = env['XDG_DATA_HOME'] || join(env['HOME'] || userInfo().homedir, '.local', 'share');
	return join(home, 'eventctl');
}

/** Makes the folder where it is the user's own and missing; throws a Failure for a disk that is not of this machine. */
export function makeFolder(place: Place): void {
	worded(place, () => {
		const made = mkdirSync(place.folder, { recursive: true, mode: 0o700 });
		if (made !== undefined) chmodSync(place.folder, 0o700);
	});
	const foreign = networkDisk(place.folder);
	if (foreign === undefined) return;
	throw new Failure(
		'store',
		`store: ${place.folder} is on ${foreign}, where a database can be torn: name a folder of this machine as store.path`,
	);
}

/** Types of file systems as statfs(2) numbers them. */
const networkDisks = new Map([
	[0x6969, 'NFS'],
	[0x517b, 'SMB'],
	[0xfe534d42, 'SMB'],
	[0xff534d42, 'CIFS'],
	[0x65735546, 'FUSE'],
]);

/** What kind of disk of another machine a path is on; undefined for this machine's. */
export function networkDisk(path: string): string | undefined {
	return networkDisks.get(statfsSync(path).type >>> 0);
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Does it, and says a trouble of the disk or of SQLite as a sentence that names the place. */
export function worded<T>(place: Place, work: () => T): T {
	try {
		return work();
	} catch (thrown) {
		if (thrown instanceof Failure) throw thrown;
		throw new Failure('store', `store: ${place.folder}: ${troubleOf(thrown)}`, { cause: thrown });
	}
}

/** By SQLite's primary result codes and the system's own. */
const troubles: Readonly<Record<string, string>> = {
	5: 'another process has been writing for 5 s: nothing was written; try again',
	8: 'may not be written: nothing new runs until this user owns it or joins the group eventctl',
	10: 'the disk fails or takes nothing more: nothing new runs until it does',
	11: 'the database is damaged: `eventctl audit verify` says where; put a copy of it back',
	13: 'the disk is full: nothing new runs until there is room',
	14: 'cannot be opened: nothing new runs until this user owns it or joins the group eventctl',
	26: 'events.db is no database: put a copy of it back, or move it away',
	ELOOP: 'a file there is a symbolic link: put the file itself in its place',
	ENOSPC: 'the disk is full: nothing new runs until there is room',
	EDQUOT: 'the quota is used up: nothing new runs until there is room',
	EFBIG: 'a file may not grow any more: nothing new runs until the limit is raised',
	EROFS: 'the disk is read-only: nothing new runs until it is not',
	EACCES:
		'may not be written: nothing new runs until this user owns it or joins the group eventctl',
};

function troubleOf(thrown: unknown): string {
	const known = troubles[String(sqliteCode(thrown) ?? systemCode(thrown))];
	return known ?? `${reasonOf(thrown)}: nothing new runs until it can be written`;
}

/** SQLite's primary result code. */
function sqliteCode(thrown: unknown): number | undefined {
	if (!(thrown instanceof Error) || !('errcode' in thrown)) return undefined;
	return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : undefined;
}
