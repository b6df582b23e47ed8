import { access, readdir, readFile } from 'node:fs/promises';
import type { Environment } from '../../src/core/connector.ts';

/** What finding Salt's sockets needs to see of the disk. */
export type Files = Pick<Environment, 'read' | 'list' | 'exists'>;

/** The disk; what is absent or may not be read is undefined, as if it were not there. */
export const disk: Files = {
	read: (path) => readFile(path, 'utf8').catch(() => undefined),
	list: (path) => readdir(path).catch(() => undefined),
	exists: (path) =>
		access(path).then(
			() => true,
			() => false,
		),
};
