declare const brand: unique symbol;

/** Bytes for the terminal that no data is part of, or only as base64. This file is their only maker. */
export type Sequence = string & { readonly [brand]: true };

function sequence(text: string): Sequence {
	return text as Sequence;
}

/**
 * Before drawing: no autowrap, so that a mismeasured character hurts its row only; pastes come in brackets, and the
 * terminal tells when it gains or loses the focus.
 */
export const prepare = sequence('\x1b[?7l\x1b[?2004h\x1b[?1004h');

/**
 * The terminal as a shell expects it, whatever was switched on; `bin/eventctl` writes the same. Leaving a screen that
 * was left already would move the cursor to where it was saved, so it is saved first.
 */
export const restore = sequence(
	'\x1b7\x1b[?2026l\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[0m',
);

/** Undoes `prepare` where the screen itself is Ink's to leave. */
export const standDown = sequence('\x1b[?1004l\x1b[?2004l\x1b[?7h');

export const bell = sequence('\x07');

/** Words for the notification of a terminal that shows them: fixed, for a sender must not speak there. */
export const notifications = {
	critical: sequence('\x1b]9;eventctl: a critical event\x07'),
	approval: sequence('\x1b]9;eventctl: an approval waits\x07'),
	run: sequence('\x1b]9;eventctl: a run has ended\x07'),
} as const;

/** Puts a text on the clipboard of the terminal's user. */
export function copy(text: string): Sequence {
	return sequence(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`);
}
