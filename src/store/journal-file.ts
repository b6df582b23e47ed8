import {
	closeSync,
	constants,
	fdatasyncSync,
	fstatSync,
	ftruncateSync,
	openSync,
	readSync,
	statSync,
	writeSync,
} from 'node:fs';
import { systemCode } from '../core/errors.ts';
import { makeFile } from './make-file.ts';

/** The bytes of a journal. */
export type JournalBytes = {
	size(): number;
	/** Less than asked for at the end. */
	read(from: number, length: number): Buffer;
	close(): void;
};

/** A journal that is written, and the few things that are ever done to it. */
export type JournalFile = JournalBytes & {
	/** On the disk when it returns. */
	append(text: string): void;
	/** What stands after `size` was never acknowledged. */
	cut(size: number): void;
	/** Whether its name still leads to it: a file that was deleted takes what is written and keeps nothing. */
	isThere(): boolean;
};

/** Opens the file, or makes it with these rights. A symbolic link is refused. */
export function openJournalFile(path: string, mode: number): JournalFile {
	makeFile(path, mode);
	const { O_RDWR, O_APPEND, O_NOFOLLOW } = constants;
	const fd = openSync(path, O_RDWR | O_APPEND | O_NOFOLLOW);
	return {
		...bytesOf(fd),
		append(text) {
			writeWhole(fd, Buffer.from(text, 'latin1'));
			fdatasyncSync(fd);
		},
		cut(size) {
			ftruncateSync(fd, size);
			fdatasyncSync(fd);
		},
		isThere: () => statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(fd).ino,
	};
}

/** The journal that stands under this name, only to be read; without a byte where there is none. */
export function journalToRead(path: string): JournalBytes {
	try {
		return bytesOf(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW));
	} catch (thrown) {
		if (systemCode(thrown) !== 'ENOENT') throw thrown;
		return { size: () => 0, read: () => Buffer.alloc(0), close: () => {} };
	}
}

function bytesOf(fd: number): JournalBytes {
	return {
		size: () => fstatSync(fd).size,
		read: (from, length) => readWhole(fd, from, length),
		close: () => closeSync(fd),
	};
}

function writeWhole(fd: number, bytes: Buffer): void {
	for (let from = 0; from < bytes.length; ) from += writeSync(fd, bytes, from);
}

function readWhole(fd: number, from: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	let read = 0;
	for (let count = -1; count !== 0 && read < length; read += count) {
		count = readSync(fd, bytes, read, length - read, from + read);
	}
	return bytes.subarray(0, read);
}
