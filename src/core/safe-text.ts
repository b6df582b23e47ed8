declare const safe: unique symbol;

/** Text that a terminal can be given. `safeText` is its only maker. */
export type SafeText = string & { readonly [safe]: true };

/** Any value as text that can reach a terminal: what is not printable is shown, nothing is stripped. */
export function safeText(value: unknown): SafeText {
	return String(value).replace(/[^\x20-\x7e]/g, '?') as SafeText;
}
