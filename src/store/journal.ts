import type { JournalBytes } from './journal-file.ts';
import { type Head, noHead, recordIn } from './record.ts';

/** How a journal ends. */
export type Tail = {
	/** Its last whole record, `noHead` where it has none; undefined where its last line is no record. */
	readonly head: Head | undefined;
	/** Where the last whole line ends. */
	readonly end: number;
	/** Bytes after it: half a line that a crash left. */
	readonly torn: number;
};

const newline = 0x0a;
const chunk = 64 * 1024;

export function tailOf(file: JournalBytes): Tail {
	const size = file.size();
	for (let length = chunk; ; length *= 4) {
		const from = Math.max(0, size - length);
		const bytes = file.read(from, size - from);
		const last = bytes.lastIndexOf(newline);
		const before = last <= 0 ? -1 : bytes.lastIndexOf(newline, last - 1);
		if (before < 0 && from > 0) continue;
		const end = from + last + 1;
		if (last < 0) return { head: noHead, end: 0, torn: size };
		const kept = recordIn(bytes.toString('latin1', before + 1, last));
		return { head: kept && { seq: kept.seq, hash: kept.hash }, end, torn: size - end };
	}
}

/** Every whole line, from the first. */
export function* linesOf(file: JournalBytes): Generator<string> {
	let rest = '';
	for (let from = 0; ; ) {
		const bytes = file.read(from, chunk);
		if (bytes.length === 0) return;
		from += bytes.length;
		const lines = `${rest}${bytes.toString('latin1')}`.split('\n');
		rest = lines.pop() ?? '';
		yield* lines;
	}
}
