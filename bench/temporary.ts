import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A folder of this run's own, gone when it ends. */
export function temporary(): string {
	if (folder) return folder;
	const made = mkdtempSync(join(tmpdir(), 'eventctl-bench-'));
	process.once('exit', () => rmSync(made, { recursive: true, force: true }));
	folder = made;
	return made;
}
