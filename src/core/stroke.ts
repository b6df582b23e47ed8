/**
 * A key as a person writes it: `a`, `G`, `/`, `^d`, `alt+x`, and by name `space enter tab shift+tab esc backspace
 * delete up down left right home end pgup pgdn insert f1`…`f12`.
 */
export type Stroke = string;

/** What the tokenizer cuts the terminal's input into. `at` is milliseconds on the console's clock. */
export type Token =
	/** `isAlone`: nothing else came with it in the same read. `text` is what it types into a field (one grapheme), if anything. */
	| {
			readonly kind: 'key';
			readonly stroke: Stroke;
			readonly text?: string;
			readonly isAlone: boolean;
			readonly at: number;
	  }
	| { readonly kind: 'paste'; readonly text: string; readonly at: number }
	/** A terminal's answer to a query, or that it gained or lost the focus: never a key. */
	| { readonly kind: 'reply'; readonly focus?: 'gained' | 'lost'; readonly at: number }
	| { readonly kind: 'junk'; readonly at: number };
