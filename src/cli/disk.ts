import { readdir, readFile, stat } from 'node:fs/promises';
import type { ConfigFiles } from '../config/own-text.ts';
import type { Environment } from '../core/connector.ts';
import { systemCode } from '../core/errors.ts';

/** The files of the configuration on this machine's disk. */
export const configFiles: ConfigFiles = {
	list: (path) => readdir(path).catch(() => undefined),
	async read(path) {
		try {
			const { mode } = await stat(path);
			return { text: await readFile(path, 'utf8'), isWorldWritable: (mode & 0o002) !== 0 };
		} catch (error) {
			if (systemCode(error) === 'ENOENT') return undefined;
			throw error;
		}
	},
};

/** This machine, as discovery may look at it. */
export function environmentOf(env: Environment['env'], stdinIsPiped: boolean): Environment {
	return {
		env,
		stdinIsPiped,
		read: (path) => readFile(path, 'utf8').catch(() => undefined),
		list: (path) => readdir(path).catch(() => undefined),
		exists: (path) =>
			stat(path).then(
				() => true,
				() => false,
			),
	};
}
