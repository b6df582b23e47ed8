/** The fields that remember what was typed into them. */
export const historyNames = [
	'filter',
	'find',
	'time',
	'palette',
	'tag',
	'data',
	'reject',
	'note',
	'silence',
	'settle',
	'audit',
	'view',
] as const;

export type HistoryName = (typeof historyNames)[number];

/** Oldest first. */
export type Histories = Readonly<Record<HistoryName, readonly string[]>>;
