import { existsSync } from 'node:fs';
import type { Store } from '../core/store.ts';
import { MemoryStore } from './memory.ts';
import { type Env, placeOf } from './place.ts';
import { SqliteStore, type StoreTools } from './sqlite.ts';

export type StoreSettings = {
	readonly kind: 'memory' | 'sqlite';
	/** The folder, instead of the usual one. */
	readonly path?: string | undefined;
};

/** The store of the configuration. Throws a Failure whose sentence says why nothing can run. */
export async function openStore(
	{ kind, path }: StoreSettings,
	env: Env,
	tools: StoreTools,
): Promise<Store> {
	return kind === 'memory'
		? new MemoryStore(tools.redact)
		: SqliteStore.open(placeOf(path, env), tools);
}

/** The same to be looked at: nothing is made where nothing was kept yet, and what a crash left stays as it is. */
export async function lookIntoStore(
	{ kind, path }: StoreSettings,
	env: Env,
	tools: StoreTools,
): Promise<Store> {
	const place = placeOf(path, env);
	const isThere = existsSync(place.database) || existsSync(place.journal);
	if (kind === 'memory' || !isThere) return new MemoryStore(tools.redact);
	return SqliteStore.open(place, tools, true);
}
