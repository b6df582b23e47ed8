/** Syslog's eight levels, worst first, and `unknown` for what names none. The rank is the index. */
export const severityNames = [
	'emerg',
	'alert',
	'crit',
	'err',
	'warn',
	'notice',
	'info',
	'debug',
	'unknown',
] as const;

export type SeverityName = (typeof severityNames)[number];

/** 0 (emerg) to 7 (debug), 8 for unknown. */
export type Severity = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export const unknownSeverity = 8 satisfies Severity;

/** Every word that names a rank, in lower case. */
export const severityWords: ReadonlyMap<string, Severity> = new Map<string, Severity>([
	...severityNames.map((name, rank) => [name, rank as Severity] as const),
	['emergency', 0],
	['panic', 0],
	['critical', 2],
	['fatal', 2],
	['error', 3],
	['warning', 4],
	['information', 6],
	['informational', 6],
	['trace', 7],
]);

/** The rank a word names, in any case, aliases included; undefined for a word that names none. */
export function severityOf(word: string): Severity | undefined {
	return severityWords.get(word.toLowerCase());
}

/** The short name of a rank: `crit`; a rank outside 0–7 is `unknown`. */
export function severityName(rank: number): SeverityName {
	return severityNames[rank] ?? 'unknown';
}

/**
 * Whether a rank passes `sev>=threshold`. What names no severity passes all thresholds but crit and worse:
 * hiding it would claim that it is harmless.
 */
export function isAtLeast(rank: number, threshold: number): boolean {
	return rank === unknownSeverity ? threshold > 2 : rank <= threshold;
}
