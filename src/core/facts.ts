/**
 * What a format reads off an event. Every string is the sender's, hence hostile: it reaches a screen only through
 * `safeText`. What can be filtered by (host to rule) quotes the event: its words stand so in the tag or the body,
 * never translated, so that a search for their bytes finds the row.
 */
export type Facts = {
	/** Who it is about, short: a minion id, `web12/payments`. */
	readonly who: string;
	readonly summary: string;
	readonly host?: string;
	readonly ns?: string;
	readonly pod?: string;
	readonly user?: string;
	readonly fun?: string;
	readonly jid?: string;
	readonly rc?: number | bigint;
	readonly rule?: string;
	/** How many parts failed: the states of a highstate; shown as `✗3`. */
	readonly failed?: number;
	/** What relates this event to others: job id, pod, trace id. */
	readonly ids: readonly string[];
};
