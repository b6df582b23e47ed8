/** What a terminal could act on, or would not show. */
const suspicious = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Behind the escape byte, the sequences Ink and our own painter draw with: colours, erasing, moving, scrolling within
 * margins, and the modes we switch (autowrap, cursor, focus, paste, synchronized output, alternate screen), the
 * keyboard protocol. Erasing never reaches the scrollback.
 */
const allowed =
	/^\[(?:[\d;:]*m|[0-2]?[JK]|\d*[ABEGLMST]|(?:\d+;\d+)?H|(?:\d+;\d+)?r|\?(?:7|25|1004|2004|2026|1049)[hl]|>\d+u|[<?]u)/;
/** The beginning of one of them at the end of a write. */
const unfinished = /^(?:\[[<>?]?[\d;:]*)?$/;
/** No allowed sequence is longer; Ink's colours take 19 characters. */
const longestSequence = 64;

/**
 * The last filter before the terminal: whatever Ink or a component lets slip, only printable text and the sequences
 * above pass. All else becomes `?` and is counted: it is a defect of ours.
 */
export class AllowList {
	/** How many characters were replaced. */
	violations = 0;
	#held = '';

	/** What may be written of a piece of output; the beginning of a sequence is held for the next piece. */
	filter(output: string): string {
		const text = this.#held + output;
		this.#held = '';
		let passed = '';
		let from = 0;
		for (const { index, 0: character } of text.matchAll(suspicious)) {
			if (index < from) continue;
			passed += text.slice(from, index);
			if (this.#mustWait(text, index)) {
				this.#held = text.slice(index);
				return passed;
			}
			const whole = this.#judge(text, index, character);
			passed += whole ?? '?';
			from = index + (whole ?? character).length;
		}
		return passed + text.slice(from);
	}

	/** The character or the sequence it begins, if it may pass. */
	#judge(text: string, index: number, character: string): string | undefined {
		if (character === '\n') return character;
		const behind = text.slice(index + 1, index + longestSequence);
		const sequence = character === '\x1b' ? allowed.exec(behind)?.[0] : undefined;
		if (sequence !== undefined) return character + sequence;
		this.violations++;
		return undefined;
	}

	#mustWait(text: string, index: number): boolean {
		const behind = text.slice(index + 1, index + longestSequence + 1);
		if (text.charAt(index) === '\x1b')
			return unfinished.test(behind) && behind.length < longestSequence;
		return index === text.length - 1 && /[\ud800-\udbff]/.test(text.charAt(index));
	}
}
