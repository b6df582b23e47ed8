export type KnownKey = {
	readonly key: string;
	/** One line for completion and help. */
	readonly explains: string;
	readonly example: string;
};

/** The keys every event may have; any other key is a flat field of the format or a path in the data. */
export const knownKeys: readonly KnownKey[] = [
	{ key: 'sev', explains: 'severity, worst first: emerg to debug', example: 'sev>=err' },
	{ key: 'host', explains: 'host or minion', example: 'host:web*' },
	{ key: 'tag', explains: "tag by Salt's globs: * crosses /", example: 'tag:salt/job/*/ret/*' },
	{ key: 'subject', explains: 'NATS subject: * one token, > the rest', example: 'subject:ops.>' },
	{ key: 'src', explains: 'source, by its name', example: 'src:salt' },
	{ key: 'format', explains: 'what the bytes mean', example: 'format:falco' },
	{ key: 'kind', explains: 'event, gap, broken or sensor', example: 'kind:gap' },
	{ key: 'fun', explains: 'Salt function', example: 'fun:state.*' },
	{ key: 'jid', explains: 'Salt job id', example: 'jid:20261121030602118843' },
	{ key: 'rc', explains: 'return code', example: 'rc!=0' },
	{ key: 'rule', explains: 'rule that made it', example: 'rule:"Terminal shell*"' },
	{ key: 'ns', explains: 'Kubernetes namespace', example: 'ns:payments' },
	{ key: 'pod', explains: 'Kubernetes pod', example: 'pod:pay-*' },
	{ key: 'user', explains: 'user', example: 'user:root' },
	{ key: 'run', explains: 'what a run of eventctl caused', example: 'run:R-0098' },
	{ key: 'since', explains: 'from then on: a duration, a time, a date', example: 'since:15m' },
	{ key: 'until', explains: 'up to then, whole minutes and days', example: 'until:03:10' },
	{ key: 'time', explains: "the event's own time", example: 'time>=2026-11-21' },
	{ key: 'has', explains: 'events that have a key at all', example: 'has:data.retcode' },
	{
		key: 'data',
		explains: 'any JSON path; * is any element',
		example: 'data.return.*.result:false',
	},
];

/** Keys that stand for one of the facts a format reads. */
export const factKeys = ['fun', 'jid', 'rc', 'rule', 'ns', 'pod', 'user'] as const;
export type FactKey = (typeof factKeys)[number];

export function isFactKey(key: string): key is FactKey {
	return factKeys.some((known) => known === key);
}
