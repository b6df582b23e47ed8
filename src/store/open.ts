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
