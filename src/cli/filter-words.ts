import { Failure } from '../core/errors.ts';

/** `--since` and `--until`. */
export type Bounds = { readonly since?: string; readonly until?: string };

/** The words of a command line as one filter; Salt's own `tagmatch=GLOB` is understood. */
export function filterOf(words: readonly string[], { since, until }: Bounds): string {
	const text = words.map((word) => word.replace(/^tagmatch=/, 'tag:')).join(' ');
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
