import { Failure } from '../core/errors.ts';

/** `--since` and `--until`. */
export type Bounds = { readonly since?: string; readonly until?: string };

/** What words mean that were written for Salt's `state.event`: `tagmatch=GLOB count=1`; without the first they are a filter's. */
export function saltWords(words: readonly string[]): {
	readonly words: readonly string[];
	readonly number?: string;
} {
	if (!words.some((word) => word.startsWith('tagmatch='))) return { words };
	const count = words.find((word) => /^count=\d+$/u.test(word));
	const rest = words.filter((word) => word !== count);
	const filter = rest.map((word) => word.replace(/^tagmatch=/u, 'tag:'));
	return { words: filter, ...(count ? { number: count.slice('count='.length) } : {}) };
}

/** The words of a command line as one filter. */
export function filterOf(words: readonly string[], { since, until }: Bounds): string {
	const text = words.join(' ');
	if (!since && !until) return text;
	if (text.trim().startsWith('=')) {
		throw new Failure(
			'usage',
			'--since and --until do not go with a CEL filter: compare `time` in it',
		);
	}
	const bounds = `${since ? ` since:${since}` : ''}${until ? ` until:${until}` : ''}`;
	return text.trim() === '' ? bounds.trim() : `(${text})${bounds}`;
}

/** The number of `-n`; without it there is no limit. */
export function limitOf(number: string | undefined): number {
	if (number === undefined) return Number.POSITIVE_INFINITY;
	if (/^[1-9][0-9]{0,9}$/.test(number)) return Number(number);
	throw new Failure('usage', `-n ${number}: takes a whole number from 1`);
}
