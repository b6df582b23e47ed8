/** The health of a source's connection, as its connector last reported it. */
export type Link =
	| { readonly kind: 'connecting' }
	| { readonly kind: 'live' }
	/** Connected, and reading what a stream kept: so many events lie before its end. */
	| { readonly kind: 'catching-up'; readonly behind: number }
	/** Connected, and silent for longer than its traffic allows. `since` is milliseconds since the epoch. */
	| { readonly kind: 'stale'; readonly since: number }
	/** Not connected; the next try is at `retryAt` (milliseconds since the epoch). */
	| {
			readonly kind: 'waiting';
			readonly retryAt: number;
			readonly reason: string;
			readonly attempt?: number;
	  }
	/** Ended for good: the file was read to its end, or nothing more can come. */
	| { readonly kind: 'down'; readonly reason: string };
