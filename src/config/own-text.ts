import { Failure, reasonOf } from '../core/errors.ts';
import type { ListFolder } from './places.ts';

type FileText = {
	readonly text: string;
	/** Anybody on the machine can write it. */
	readonly isWorldWritable: boolean;
};

/** What loading may look at; `read` gives undefined for a file that is not there, and throws for one it may not read. */
export type ConfigFiles = {
	read(path: string): Promise<FileText | undefined>;
	readonly list: ListFolder;
};

/** The text of a file that only its owner may write; undefined where it is absent. Throws a Failure for any other. */
export async function ownText(files: ConfigFiles, path: string): Promise<string | undefined> {
	const file = await readFile(files, path);
	if (!file?.isWorldWritable) return file?.text;
	throw new Failure('config', `${path}: anybody may write it: chmod o-w it first`);
}

async function readFile(files: ConfigFiles, path: string): Promise<FileText | undefined> {
	try {
		return await files.read(path);
	} catch (cause) {
		throw new Failure('config', `${path}: cannot be read: ${reasonOf(cause)}`, { cause });
	}
}
