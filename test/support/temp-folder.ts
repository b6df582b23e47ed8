import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A private folder with a path short enough for unix sockets, removed when the test ends. */
export function tempFolder(t: Pick<TestContext, 'after'>): string {
	const folder = mkdtempSync(join(tmpdir(), 'ec-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
