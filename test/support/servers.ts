import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { root } from './files.ts';

/** A server's folder in `.servers/`, as `npm run servers` makes it: `salt-lts`, `salt`, `.` for single programs. */
export type Release = 'salt-lts' | 'salt' | '.';

/** The path of a program among the installed servers, else on PATH; undefined where it is in neither. */
export function findServer(program: string, release: Release = '.'): string | undefined {
	const installed = join(root, '.servers', release, 'bin');
	const folders = [installed, ...(process.env['PATH'] ?? '').split(delimiter)];
	return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/**
 * As `findServer`; where there is none the test is skipped with the reason, or fails where servers are
 * required (`EVENTCTL_REQUIRE_SERVERS=1`).
 */
export function needServer(
	t: Pick<TestContext, 'skip'>,
	program: string,
	release?: Release,
): string | undefined {
	const path = findServer(program, release);
	if (path !== undefined) return path;
	const reason = `no ${program} in .servers or on PATH: npm run servers`;
	if (process.env['EVENTCTL_REQUIRE_SERVERS'] === '1') throw new Error(reason);
	t.skip(reason);
	return undefined;
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
