/** The keys that most loggers share, best first. */
export const severityKeys = ['severity', 'level', 'priority', 'log.level'] as const;
export const timeKeys = ['time', 'timestamp', '@timestamp', 'ts'] as const;
export const hostKeys = ['host', 'hostname', 'host.name'] as const;
export const nameKeys = ['tag', 'subject', 'event', 'type'] as const;
export const messageKeys = ['message', 'msg', 'summary', 'text', 'output', 'error'] as const;
export const idKeys = ['trace_id', 'traceId', 'trace.id', 'request_id', 'uuid', 'id'] as const;
