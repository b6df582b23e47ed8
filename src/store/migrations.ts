/** What brings a database from each version to the next; version 0 is an empty file. */
export const migrations: readonly string[] = [
	`CREATE TABLE records (
		seq INTEGER PRIMARY KEY,
		id TEXT NOT NULL,
		rev INTEGER NOT NULL,
		kind TEXT NOT NULL,
		at TEXT NOT NULL,
		prev TEXT NOT NULL,
		hash TEXT NOT NULL,
		line TEXT NOT NULL,
		UNIQUE (id, rev)
	) STRICT;
	CREATE INDEX records_by_kind ON records (kind, seq);
	CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
		BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
	CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records
		BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
	CREATE TRIGGER records_are_not_replaced BEFORE INSERT ON records
		WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM records)
			OR EXISTS (SELECT 1 FROM records WHERE id = NEW.id AND rev = NEW.rev)
		BEGIN SELECT RAISE(ABORT, 'a record is never replaced'); END;
	CREATE TABLE leases (
		id TEXT PRIMARY KEY,
		epoch INTEGER NOT NULL,
		until INTEGER NOT NULL
	) STRICT;
	CREATE TABLE outputs (
		run TEXT PRIMARY KEY,
		lines TEXT NOT NULL,
		written_at INTEGER NOT NULL
	) STRICT;
	CREATE TABLE marks (
		name TEXT PRIMARY KEY,
		seq INTEGER NOT NULL
	) STRICT;`,
];
