/** What an operator who looks elsewhere is told of by a bell. */
export type AlertKind = 'critical' | 'approval' | 'run';

/** Whether somebody sits before the screen. */
export type Attention = {
	/** `unknown` until the terminal tells: many never do. */
	readonly focus: 'unknown' | 'gained' | 'lost';
	/** When a hand was felt last, milliseconds since the epoch. */
	readonly at: number;
	/** What was rung for last. */
	readonly alert?: { readonly kind: AlertKind; readonly at: number };
};

const handMs = 30_000;

/** The terminal has the focus; where it does not tell, a hand was felt not long ago. */
export function isWatched({ focus, at }: Attention, now: number): boolean {
	return focus === 'unknown' ? now - at < handMs : focus === 'gained';
}
