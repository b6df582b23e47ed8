import { closeSync, constants, fchmodSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../core/errors.ts';

/** Makes an empty file with exactly these rights where there is none yet; throws where a symbolic link stands there. */
export function makeFile(path: string, mode: number): void {
	const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
	try {
		const fd = openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
		fchmodSync(fd, mode);
		closeSync(fd);
		syncFolder(dirname(path));
	} catch (thrown) {
		if (systemCode(thrown) !== 'EEXIST') throw thrown;
		closeSync(openSync(path, O_RDWR | O_NOFOLLOW));
	}
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(path: string): void {
	const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
	try {
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}
