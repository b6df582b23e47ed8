import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Failure } from '../core/errors.ts';
import { makeFile } from './make-file.ts';
import { migrations } from './migrations.ts';
import { type Place, worded } from './place.ts';

/** How long a write waits for another process's. */
const busyMs = 5000;

/**
 * The database of a place, brought to the version this eventctl knows. Whatever is committed is on the disk, but
 * where `isQuick`: that is for what may be lost with the power.
 */
export async function openDatabase(place: Place, isQuick = false): Promise<DatabaseSync> {
	const { DatabaseSync } = await import('node:sqlite');
	return worded(place, () => {
		// SQLite would follow a link, and give its files the rights that the umask leaves.
		makeFile(place.database, place.fileMode);
		const database = new DatabaseSync(place.database, { timeout: busyMs });
		try {
			prepare(database, place, isQuick);
			migrate(database, place);
		} catch (thrown) {
			database.close();
			throw thrown;
		}
		return database;
	});
}

function prepare(database: DatabaseSync, { folder }: Place, isQuick: boolean): void {
	const mode = database.prepare('PRAGMA journal_mode = WAL').get();
	if (mode?.['journal_mode'] !== 'wal') {
		throw new Failure('store', `store: ${folder} takes no write-ahead log: use a local disk`);
	}
	database.exec(`PRAGMA synchronous = ${isQuick ? 'OFF' : 'FULL'}`);
	database.enableDefensive(true);
}

function migrate(database: DatabaseSync, place: Place): void {
	transact(database, () => {
		const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
		if (version > migrations.length) {
			throw new Failure(
				'store',
				`store: ${place.database} is of version ${version}, and this eventctl knows ` +
					`${migrations.length}: use the eventctl that wrote it, or name another folder as store.path`,
			);
		}
		for (const migration of migrations.slice(version)) database.exec(migration);
		if (version < migrations.length) {
			database.exec(`PRAGMA user_version = ${migrations.length}`);
		}
	});
}

/** Does the work as the only writer. Nothing of it stands if it throws; `takeBack` is for what lies outside of the database. */
export function transact<T>(database: DatabaseSync, work: () => T, takeBack = () => {}): T {
	database.exec('BEGIN IMMEDIATE');
	try {
		const done = work();
		database.exec('COMMIT');
		return done;
	} catch (thrown) {
		// SQLite ends a transaction by itself where the disk failed it.
		if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
		try {
			takeBack();
		} finally {
			database.exec('ROLLBACK');
		}
		throw thrown;
	}
}

/** Writes what may be lost; false where it could not be: `append` is what tells of a disk that is full. */
export function tried(
	database: DatabaseSync,
	sql: string,
	...values: readonly SQLInputValue[]
): boolean {
	try {
		database.prepare(sql).run(...values);
		return true;
	} catch {
		return false;
	}
}
