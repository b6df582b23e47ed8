import { Failure } from '../../src/core/errors.ts';

/** Blanks, controls and DEL would end a subject, or the protocol line it stands on. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const unfit = /[\x00-\x20\x7f]/u;
const maxBytes = 1024;

/** Throws a Failure where an event cannot be published under `subject`: empty tokens, blanks, wildcards. */
export function checkSubject(subject: string): void {
	checkPattern(subject);
	if (subject.split('.').some((token) => token === '*' || token === '>')) {
		throw new Failure('usage', `nats: ${subject} has a wildcard: an event is fired to one subject`);
	}
}

/** Throws a Failure where `subject` cannot be subscribed to: empty tokens, blanks, `>` before the end. */
export function checkPattern(subject: string): void {
	const tokens = subject.split('.');
	const why =
		subject === ''
			? 'is empty'
			: unfit.test(subject)
				? 'holds a blank or a control character'
				: tokens.includes('')
					? 'has an empty token: no dot first, last or twice'
					: tokens.slice(0, -1).includes('>')
						? 'has > before its last token'
						: Buffer.byteLength(subject) > maxBytes
							? `is over ${maxBytes} bytes`
							: undefined;
	if (why !== undefined) throw new Failure('usage', `nats: the subject ${subject} ${why}`);
}

/**
 * The subjects without those another one covers: the server delivers an event once for each that matches.
 * Throws a Failure where two meet without one covering the other.
 */
export function withoutOverlap(subjects: readonly string[]): string[] {
	const unique = [...new Set(subjects)];
	const kept = unique.filter(
		(subject) => !unique.some((other) => other !== subject && covers(other, subject)),
	);
	for (const [index, one] of kept.entries()) {
		const other = kept.slice(index + 1).find((candidate) => meets(one, candidate));
		if (other === undefined) continue;
		throw new Failure(
			'config',
			`nats: ${one} and ${other} both match some events, which would come twice: name them apart`,
		);
	}
	return kept;
}

/** Whether every subject that `narrow` matches is matched by `wide`. */
export function covers(wide: string, narrow: string): boolean {
	const narrowTokens = narrow.split('.');
	const wideTokens = wide.split('.');
	for (const [index, token] of wideTokens.entries()) {
		const other = narrowTokens[index];
		if (other === undefined) return false;
		if (token === '>') return true;
		if (other === '>' || (token !== '*' && token !== other)) return false;
	}
	return wideTokens.length === narrowTokens.length;
}

/** Whether some subject is matched by both. */
export function meets(one: string, other: string): boolean {
	const left = one.split('.');
	const right = other.split('.');
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const [a, b] = [left[index], right[index]];
		if (a === undefined || b === undefined) return false;
		if (a === '>' || b === '>') return true;
		if (a !== '*' && b !== '*' && a !== b) return false;
	}
	return true;
}
