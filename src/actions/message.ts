import * as z from 'zod';
import type { Json } from '../core/plan.ts';
import { type SeverityName, severityName, severityOf } from '../core/severity.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What every medium is told; each uses what it can show. */
export const messageShape = {
	text: z.string().min(1).optional(),
	subject: z.string().min(1).optional(),
	severity: z.string().min(1).optional(),
	fields: z.record(z.string().min(1), scalar).optional(),
	body: z.json().optional(),
};

export type Message = {
	/** Absent only where `body` says all. */
	readonly text?: string | undefined;
	/** A title; the first line of the text where absent. */
	readonly subject?: string | undefined;
	/** A word for how bad it is, in any case. */
	readonly severity?: string | undefined;
	/** Names and values, shown as a table. */
	readonly fields?: Readonly<Record<string, string | number | boolean>> | undefined;
	/** JSON to be sent as it is, where the medium takes JSON. */
	readonly body?: Json | undefined;
};

export function severityIn({ severity }: Message): SeverityName {
	const rank = severity === undefined ? undefined : severityOf(severity);
	return rank === undefined ? 'unknown' : severityName(rank);
}

/** What a medium of JSON is sent: the body as given, else the message's own parts. */
export function jsonOf({ body, ...parts }: Message): Json {
	if (body !== undefined) return body;
	return JSON.parse(JSON.stringify(parts));
}
