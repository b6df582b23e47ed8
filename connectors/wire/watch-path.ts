import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls `changed` whenever something at this path comes, goes or changes its mode; the returned function ends
 * it. Where the folder cannot be watched nothing is ever called: whoever waits has a timer as well.
 */
export function watchPath(path: string, changed: () => void): () => void {
	try {
		const watcher = watch(dirname(path), (_event, name) => {
			if (name === null || name === basename(path)) changed();
		});
		watcher.on('error', () => watcher.close());
		return () => watcher.close();
	} catch {
		return () => {};
	}
}
