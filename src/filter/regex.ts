import { RE2JS, RE2JSException } from 're2js';
import { reasonOf } from '../core/errors.ts';

/** The most characters of a text that a regular expression looks at. */
const maxSubject = 65_536;

/** A regular expression RE2 refuses; `part` is what it stumbled on, where it says so. */
export class RegexError extends Error {
	readonly part: string | undefined;
	constructor(says: string, part: string | undefined, options: { cause: unknown }) {
		super(says, options);
		this.name = 'RegexError';
		this.part = part;
	}
}

/**
 * A test in linear time, anywhere in the text unless anchored, on at most its first 65,536 characters.
 * Back-references, look-around and repeats over 1000 are refused with a RegexError.
 */
export function regexTest(source: string): (text: string) => boolean {
	const pattern = compiled(source);
	return (text) => pattern.test(text.length > maxSubject ? text.slice(0, maxSubject) : text);
}

function compiled(source: string): RE2JS {
	try {
		return RE2JS.compile(source);
	} catch (cause) {
		throw refusal(source, cause);
	}
}

function refusal(source: string, cause: unknown): RegexError {
	const part = isSyntaxProblem(cause) ? (cause.input ?? undefined) : undefined;
	if (part !== undefined && /^\\[1-9]/u.test(part)) {
		return new RegexError('back-references cannot be matched in linear time', part, { cause });
	}
	if (part !== undefined && /^\(\?(?:[=!]|<[=!])/u.test(part)) {
		return new RegexError('look-around cannot be matched in linear time', part, { cause });
	}
	if (isSyntaxProblem(cause)) return new RegexError(cause.error, part, { cause });
	return new RegexError(`not a regular expression (${reasonOf(cause)}): ${source}`, part, {
		cause,
	});
}

function isSyntaxProblem(cause: unknown): cause is { error: string; input: string | null } {
	return cause instanceof RE2JSException && 'error' in cause && 'input' in cause;
}

/** Puts `instead` where the pattern is found, anywhere in a text of any length. Refuses what `regexTest` refuses. */
export function regexReplacer(source: string, instead: string): (text: string) => string {
	const pattern = compiled(source);
	return (text) => pattern.matcher(text).replaceAll(instead);
}
