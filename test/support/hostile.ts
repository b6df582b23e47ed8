import { decodeUtf8 } from '../../src/core/utf8.ts';
import { testFile } from './files.ts';

type Entry = {
	readonly name: string;
	readonly category: string;
	readonly input?: string;
	readonly inputBase64?: string;
	readonly repeat?: { s: string; n: number; prefix?: string; suffix?: string };
	readonly chunks?: readonly string[];
};

export type HostileString = {
	readonly name: string;
	readonly category: string;
	readonly bytes: Uint8Array;
	/** The same as text: lone surrogates survive only here, a byte that is no UTF-8 is one. */
	readonly text: string;
};

/** The corpus of strings that attack a terminal, a parser, a template, a shell or a reader. */
export function hostileStrings(...categories: readonly string[]): HostileString[] {
	const lines = testFile('data/hostile-strings.jsonl').toString().trimEnd().split('\n');
	return lines
		.map((line) => JSON.parse(line) as Entry)
		.filter(({ category }) => categories.length === 0 || categories.includes(category))
		.map(({ name, category, ...entry }) => ({ name, category, ...contentOf(entry) }));
}

function contentOf(entry: Omit<Entry, 'name' | 'category'>): { bytes: Uint8Array; text: string } {
	if (entry.inputBase64 !== undefined) {
		const bytes = Buffer.from(entry.inputBase64, 'base64');
		return { bytes, text: decodeUtf8(bytes) };
	}
	const text = textOf(entry);
	return { bytes: Buffer.from(text), text };
}

function textOf({ input, repeat, chunks }: Omit<Entry, 'name' | 'category'>): string {
	if (repeat) return `${repeat.prefix ?? ''}${repeat.s.repeat(repeat.n)}${repeat.suffix ?? ''}`;
	return input ?? chunks?.join('') ?? '';
}
