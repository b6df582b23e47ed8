import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Failure } from '../core/errors.ts';

/** Where programs are looked for, whatever the environment says. */
export const programPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The absolute path of a program given by one, or by its name; throws a Failure where there is none. */
export async function findProgram(program: string): Promise<string> {
	if (program.includes('/') && !program.startsWith('/')) {
		throw new Failure(
			'config',
			`${program}: a program is named by an absolute path or a bare name`,
		);
	}
	const places = program.startsWith('/')
		? [program]
		: programPath.split(':').map((folder) => `${folder}/${program}`);
	for (const place of places) if (await canRun(place)) return place;
	throw new Failure('config', `${program}: there is no such program in ${programPath}: install it`);
}

async function canRun(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		// Not there, or not ours to run: the next place may have it.
		return false;
	}
}
