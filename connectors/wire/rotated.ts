import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

export type Rotated = { readonly path: string; readonly stats: Stats };

/** A number or a date, as rotation puts into names. */
const age = /^[.-](?:\d[\d.:T_-]*|old)$/u;
const packing = /\.(?:gz|bz2|xz|zst|lz4)$/u;

/** Files beside this one that had its name before (`events.json.1`, `events-20261121.json.gz`), the last written last. */
export async function rotatedBeside(path: string): Promise<readonly Rotated[]> {
	const folder = dirname(path);
	const names = (await readdir(folder)).filter((other) => isRotated(other, path));
	const found = await Promise.all(names.map((name) => looked(join(folder, name))));
	return found
		.filter((file) => file !== undefined)
		.sort((one, other) => one.stats.mtimeMs - other.stats.mtimeMs);
}

/** Whether a file's name says that its bytes are packed. */
export function isPacked(path: string): boolean {
	return packing.test(path);
}

/** What is put behind the name or before its extension tells an older file from another log. */
function isRotated(other: string, path: string): boolean {
	const { base, name, ext } = parse(path);
	const plain = other.replace(packing, '');
	if (plain.startsWith(base)) return age.test(plain.slice(base.length));
	const middle = plain.slice(name.length, plain.length - ext.length);
	return plain.startsWith(name) && plain.endsWith(ext) && age.test(middle);
}

/** Undefined for what is gone since, and for what is no file. */
async function looked(path: string): Promise<Rotated | undefined> {
	try {
		const stats = await stat(path);
		return stats.isFile() ? { path, stats } : undefined;
	} catch {
		return undefined;
	}
}
