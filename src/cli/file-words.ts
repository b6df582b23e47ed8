import type { Stats } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { accountName } from '../core/account-name.ts';
import { systemCode } from '../core/errors.ts';

/** What stands at a path, in words: `socket srw-rw---- root:salt, not readable`, `absent`, `/root may not be entered (drwx------ root:root)`. */
export async function fileWords(path: string): Promise<string> {
	try {
		const stats = await stat(path);
		const rights = (await canRead(path)) ? '' : ', not readable';
		return `${kindOf(stats)} ${await ownershipOf(stats)}${rights}`;
	} catch (error) {
		const code = systemCode(error);
		if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
		return code === 'EACCES' ? barrierWords(dirname(path)) : `cannot be looked at (${code})`;
	}
}

/** The folder on the way that lets nobody of us through. */
async function barrierWords(folder: string): Promise<string> {
	try {
		const stats = await stat(folder);
		return `${folder} may not be entered (${await ownershipOf(stats)})`;
	} catch {
		// What cannot be looked at either is not the barrier: that stands above it.
		return barrierWords(dirname(folder));
	}
}

function canRead(path: string): Promise<boolean> {
	return access(path, constants.R_OK).then(
		() => true,
		() => false,
	);
}

function kindOf(stats: Stats): string {
	if (stats.isSocket()) return 'socket';
	if (stats.isDirectory()) return 'folder';
	return stats.isFIFO() ? 'FIFO' : 'file';
}

/** `rw-rw---- root:salt`. */
async function ownershipOf({ mode, uid, gid }: Stats): Promise<string> {
	const owner = await accountName('/etc/passwd', uid);
	const group = await accountName('/etc/group', gid);
	return `${modeWords(mode)} ${owner}:${group}`;
}

function modeWords(mode: number): string {
	return Array.from({ length: 9 }, (_, place) => {
		return (mode >> (8 - place)) & 1 ? ('rwx'[place % 3] ?? '') : '-';
	}).join('');
}
