import { existsSync } from 'node:fs';
import { reasonOf } from '../core/errors.ts';
import type { StoreSettings } from './open.ts';
import { type Env, networkDisk, type Place, placeOf } from './place.ts';

/** Older ones may damage their write-ahead log. */
const leastSqlite = [3, 51, 3] as const;

/** Where the store is and how it is, in sentences; changes nothing. */
export async function storeHealth(
	{ kind, path }: StoreSettings,
	env: Env,
): Promise<readonly string[]> {
	if (kind === 'memory') return ['in memory only: nothing of it outlives its process'];
	const place = placeOf(path, env);
	const whose = place.isShared ? 'this machine’s, for the group eventctl' : 'this user’s own';
	return [`${place.folder} (${whose})`, ...(await stateOf(place))];
}

async function stateOf(place: Place): Promise<readonly string[]> {
	const { DatabaseSync } = await import('node:sqlite');
	if (!existsSync(place.database)) return [versionWords(), 'nothing is kept there yet'];
	const foreign = networkDisk(place.folder);
	const disk = foreign ? [`it is on ${foreign}: a database needs a disk of this machine`] : [];
	try {
		using database = new DatabaseSync(place.database, { readOnly: true });
		const found = database.prepare('PRAGMA integrity_check').all();
		const says = found.map((row) => String(row['integrity_check']));
		const count = database.prepare('SELECT count(*) AS count FROM records').get()?.['count'];
		const isSound = says[0] === 'ok';
		const soundness = isSound ? 'integrity ok' : `damaged: ${says.join('; ')}`;
		return [...disk, versionWords(), soundness, `${count} ${count === 1 ? 'record' : 'records'}`];
	} catch (thrown) {
		return [...disk, versionWords(), `cannot be read: ${reasonOf(thrown)}`];
	}
}

function versionWords(): string {
	const version = process.versions['sqlite'] ?? '0';
	const parts = version.split('.').map(Number);
	const differs = leastSqlite.findIndex((least, index) => parts[index] !== least);
	const isOld = differs >= 0 && (parts[differs] ?? 0) < (leastSqlite[differs] ?? 0);
	return isOld
		? `SQLite ${version} is older than ${leastSqlite.join('.')}, which mends its log: use a newer Node`
		: `SQLite ${version}`;
}
