import type { Clock } from '../../src/core/clock.ts';
import type { Stroke, Token } from '../../src/core/stroke.ts';
import { decodeUtf8 } from '../../src/core/utf8.ts';
import { cutToken, longestSequence } from './cut-token.ts';

const pasteEnd = Buffer.from('\x1b[201~');
const pasteSilenceMs = 1000;
const pasteTailMs = 100;
const longestPaste = 64 * 1024;

/** A token that does not know yet when it came and what came with it. */
type Found =
	| { readonly kind: 'key'; readonly stroke: Stroke; readonly text?: string }
	| { readonly kind: 'paste'; readonly text: string }
	| { readonly kind: 'reply'; readonly focus?: 'gained' | 'lost' }
	| { readonly kind: 'junk' };

type Paste = 'none' | 'open' | 'too long';

/**
 * Cuts the terminal's input into keys, pastes, replies and junk, whatever the reads it comes in. A sequence without
 * its end is junk after `partialMs`, a lone escape byte is Esc; a paste without its end is junk after a second of
 * silence.
 */
export class Tokenizer {
	readonly #clock: Clock;
	readonly #emit: (token: Token) => void;
	readonly #partialMs: number;
	#pending: Buffer = Buffer.alloc(0);
	/** Whether what is pending shared its read with something else. */
	#isCrowded = false;
	#paste: Paste = 'none';
	#tailUntil = 0;
	#cancelTimer = () => {};

	constructor(clock: Clock, emit: (token: Token) => void, partialMs = 150) {
		this.#clock = clock;
		this.#emit = emit;
		this.#partialMs = partialMs;
	}

	/** Takes the bytes of one read. */
	feed(bytes: Uint8Array): void {
		this.#cancelTimer();
		const earlier = this.#pending.length;
		this.#pending = Buffer.concat([this.#pending, bytes]);
		const found = this.#cutAll(earlier);
		const isAlone = found.length === 1 && this.#pending.length === 0 && !this.#isCrowded;
		this.#isCrowded = this.#pending.length > 0 && (found.length > 0 || this.#isCrowded);
		for (const cut of found) this.#say(cut, isAlone);
		this.#waitForMore();
	}

	/** Forgets what is pending. */
	close(): void {
		this.#cancelTimer();
		this.#forget();
	}

	/** Takes all that is whole from the front of what is pending; the first `earlier` bytes came in earlier reads. */
	#cutAll(earlier: number): Found[] {
		const found: Found[] = [];
		const total = this.#pending.length;
		while (this.#pending.length > 0) {
			const isPasting = this.#paste !== 'none';
			const consumed = total - this.#pending.length;
			const next = isPasting ? this.#cutPaste() : this.#cut(consumed < earlier);
			if (next === undefined) break;
			if (next.kind === 'paste begins') this.#paste = 'open';
			else found.push(this.#isTail(next, isPasting) ? { kind: 'junk' } : next);
		}
		return found;
	}

	/** A paste may carry its own end mark: what follows at a machine's pace was not typed. */
	#isTail(found: Found, isEndOfPaste: boolean): boolean {
		const now = this.#clock.now();
		const isTail = found.kind === 'key' && now < this.#tailUntil;
		if (isTail || isEndOfPaste) this.#tailUntil = now + pasteTailMs;
		return isTail;
	}

	#cut(isEarlier: boolean): Found | { readonly kind: 'paste begins' } | undefined {
		const cut = cutToken(this.#pending, isEarlier);
		if (cut === undefined) {
			if (this.#pending.length > longestSequence) this.#keepEnds();
			return undefined;
		}
		const { length, ...found } = cut;
		this.#pending = this.#pending.subarray(length);
		return found;
	}

	/** Of a sequence too long to be one only its kind is remembered, and where its end may be half seen. */
	#keepEnds(): void {
		this.#pending = Buffer.concat([this.#pending.subarray(0, 2), this.#pending.subarray(-3)]);
	}

	#cutPaste(): Found | undefined {
		const end = this.#pending.indexOf(pasteEnd);
		const isTooLong = (end < 0 ? this.#pending.length : end) > longestPaste;
		if (isTooLong) this.#paste = 'too long';
		if (end < 0) {
			if (isTooLong) this.#pending = this.#pending.subarray(1 - pasteEnd.length);
			return undefined;
		}
		const text = decodeUtf8(this.#pending.subarray(0, end));
		const found: Found = this.#paste === 'open' ? { kind: 'paste', text } : { kind: 'junk' };
		this.#pending = this.#pending.subarray(end + pasteEnd.length);
		this.#paste = 'none';
		return found;
	}

	#waitForMore(): void {
		this.#cancelTimer = () => {};
		if (this.#paste === 'none' && this.#pending.length === 0) return;
		const wait = this.#paste === 'none' ? this.#partialMs : pasteSilenceMs;
		// After a lag a timer is due before the bytes that have long been waiting are read: they get their turn first.
		this.#cancelTimer = this.#clock.after(wait, () => {
			this.#cancelTimer = this.#clock.after(1, () => this.#giveUp());
		});
	}

	#giveUp(): void {
		const pending = this.#pending;
		const isEscapes = this.#paste === 'none' && pending.every((byte) => byte === 0x1b);
		const isAlone = pending.length === 1 && !this.#isCrowded;
		this.#forget();
		if (!isEscapes) this.#say({ kind: 'junk' }, false);
		else for (const _ of pending) this.#say({ kind: 'key', stroke: 'esc' }, isAlone);
	}

	#forget(): void {
		this.#pending = Buffer.alloc(0);
		this.#isCrowded = false;
		this.#paste = 'none';
	}

	#say(found: Found, isAlone: boolean): void {
		const at = this.#clock.now();
		this.#emit(found.kind === 'key' ? { ...found, isAlone, at } : { ...found, at });
	}
}
