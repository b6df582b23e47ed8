import type { Token } from '../core/stroke.ts';
import type { Tier } from '../core/tier.ts';

/** What the guard remembers of the input; times in milliseconds on the console's clock. */
export type Guard = {
	/** Until then an escape sequence may still be falling apart into letters. */
	readonly shadowUntil: number;
	/** When the last keys came, at most one more than a burst has. */
	readonly recent: readonly number[];
	/** When anything came last. */
	readonly lastAt: number;
};

export const newGuard: Guard = { shadowUntil: -Infinity, recent: [], lastAt: -Infinity };

/** What is known of a key before it is let through. */
export type Aim = {
	/** The reach of what it would do. */
	readonly tier: Tier;
	/** In a field many keys at once are only text. */
	readonly isInField: boolean;
};

export type Verdict =
	| { readonly kind: 'pass' }
	/** It may act if nothing follows for `holdMs`. */
	| { readonly kind: 'hold' }
	/** Not a key a person pressed for this; `says` is absent where that was said already. */
	| { readonly kind: 'drop'; readonly says?: string };

/** A person's key stands alone at least this long, before and behind. */
export const holdMs = 30;
const shadowMs = 400;
const burstMs = 50;
const mostInBurst = 4;

type KeyToken = Extract<Token, { kind: 'key' }>;

/** Whether a key may do what it would do. */
export function judged(
	guard: Guard,
	token: KeyToken,
	aim: Aim,
): { guard: Guard; verdict: Verdict } {
	const next = heard(guard, token);
	return { guard: next, verdict: verdictOn(guard, next, token, aim) };
}

/** The guard after a token, whatever it may do. */
export function heard(guard: Guard, token: Token): Guard {
	const { at } = token;
	const recent =
		token.kind === 'key' ? [...guard.recent, at].slice(-mostInBurst - 1) : guard.recent;
	const shadowUntil = casts(guard, token) ? at + shadowMs : guard.shadowUntil;
	return { shadowUntil, recent, lastAt: at };
}

/** An escape byte casts a shadow; what a broken sequence goes on with keeps it; so does a paste, which may hold its own end. */
function casts(guard: Guard, token: Token): boolean {
	if (token.kind !== 'key') return true;
	if (token.stroke === 'esc' || token.stroke.startsWith('alt+')) return true;
	return token.at < guard.shadowUntil && /^[[O;\d]$/.test(token.stroke);
}

function verdictOn(
	before: Guard,
	after: Guard,
	token: KeyToken,
	{ tier, isInField }: Aim,
): Verdict {
	if (isBurst(after) && !isInField)
		return dropped(before, 'keys came too fast to be pressed: ignored');
	if (tier === 0) return { kind: 'pass' };
	const isLetter = /^[a-z]$/.test(token.stroke);
	if (!isLetter || !token.isAlone || token.at - before.lastAt < holdMs) {
		return dropped(before, 'that came with other input: press it again, alone');
	}
	if (token.at < after.shadowUntil) {
		return { kind: 'drop', says: 'that came right behind an escape byte: press it again' };
	}
	return { kind: 'hold' };
}

function isBurst({ recent }: Guard): boolean {
	const [first = 0] = recent;
	return recent.length > mostInBurst && (recent.at(-1) ?? 0) - first < burstMs;
}

/** Said once per burst, not once per key. */
function dropped(before: Guard, says: string): Verdict {
	return isBurst(before) ? { kind: 'drop' } : { kind: 'drop', says };
}
