import type { DatabaseSync } from 'node:sqlite';
import type { Exported, Leases } from '../core/store.ts';
import { tried } from './database.ts';

/** Signs of life that every process sees. */
export function sqliteLeases(database: DatabaseSync): Leases {
	return {
		renew(id, epoch, until) {
			const sql = 'INSERT OR REPLACE INTO leases VALUES (?, ?, ?)';
			// A sign of life that cannot be written is silence, and others take it for that: no run ends by it.
			tried(database, sql, id, epoch, until);
		},
		until(id, epoch) {
			const sql = 'SELECT until FROM leases WHERE id = ? AND epoch = ?';
			const until = database.prepare(sql).get(id, epoch)?.['until'];
			return typeof until === 'number' ? until : undefined;
		},
	};
}

/** How far exports of all processes went. */
export function sqliteExported(database: DatabaseSync): Exported {
	const through = () => {
		const sql = "SELECT seq FROM marks WHERE name = 'exported'";
		return Number(database.prepare(sql).get()?.['seq'] ?? 0);
	};
	return {
		mark(seq) {
			const sql = "INSERT OR REPLACE INTO marks VALUES ('exported', ?)";
			database.prepare(sql).run(Math.max(seq, through()));
		},
		through,
	};
}
