import type { DatabaseSync } from 'node:sqlite';
import type { Leases } from '../core/store.ts';

/** Signs of life that every process sees. */
export function sqliteLeases(database: DatabaseSync): Leases {
	return {
		renew(id, epoch, until) {
			database.prepare('INSERT OR REPLACE INTO leases VALUES (?, ?, ?)').run(id, epoch, until);
		},
		until(id, epoch) {
			const sql = 'SELECT until FROM leases WHERE id = ? AND epoch = ?';
			const until = database.prepare(sql).get(id, epoch)?.['until'];
			return typeof until === 'number' ? until : undefined;
		},
	};
}
