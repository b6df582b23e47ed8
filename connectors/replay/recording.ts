import * as z from 'zod';
import { Failure } from '../../src/core/errors.ts';
import type { Gap } from '../../src/core/gap.ts';
import { isoTime } from '../../src/core/instant.ts';
import type { Link } from '../../src/core/link.ts';

/** What came, as a recording keeps it: byte for byte, with its time. */
export type Recorded = {
	/** When it came, in nanoseconds since the epoch. */
	readonly at: bigint;
	readonly source: string;
	readonly format: string;
} & (
	| {
			readonly kind: 'event';
			/** The transport's own; empty where it gave none. */
			readonly tag: Uint8Array;
			readonly body: Uint8Array;
	  }
	| { readonly kind: 'broken'; readonly body: Uint8Array; readonly reason: string }
	| { readonly kind: 'gap'; readonly gap: Gap }
	| { readonly kind: 'link'; readonly link: Link }
);

const version = 1;
const nanosPerMs = 1_000_000n;

/** The first line of a recording begun at this time, in nanoseconds since the epoch. */
export function headerLine(at: bigint): string {
	return `${JSON.stringify({ recording: version, apiVersion: 'eventctl/v1', at: isoTime(at) })}\n`;
}

/** One line of a recording. */
export function recordLine(record: Recorded): string {
	return `${JSON.stringify({ ...record, at: isoTime(record.at), ...bytesOf(record) })}\n`;
}

/** What a line says, without its line feed. Throws a Failure where it is no record. */
export function recordOf(line: Buffer): Recorded {
	return read(line, record, 'a line that is no record');
}

/** Throws a Failure unless this is the first line of a recording that can be played. */
export function checkHeader(line: Buffer, path: string): void {
	const says = `${path} is no recording: it does not begin with {"recording":1`;
	const { recording } = read(line, header, says);
	if (recording === version) return;
	const newer = `${path} is a recording of version ${recording}: a newer eventctl plays it`;
	throw new Failure('undecodable', newer);
}

function bytesOf(record: Recorded): object {
	if (record.kind === 'event') return { tag: base64(record.tag), body: base64(record.body) };
	return record.kind === 'broken' ? { body: base64(record.body) } : {};
}

function base64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function read<T>(line: Buffer, schema: z.ZodType<T>, otherwise: string): T {
	try {
		return schema.parse(JSON.parse(line.toString('utf8')));
	} catch (cause) {
		throw new Failure('undecodable', otherwise, { cause });
	}
}

/** Nanoseconds since the epoch of RFC 3339 in UTC, with up to nine digits of a second. */
function timeOf(text: string): bigint {
	const nanos = text.slice(20, -1).padEnd(9, '0');
	return BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * nanosPerMs + BigInt(nanos);
}

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const common = {
	at: z
		.string()
		.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/)
		.transform(timeOf),
	source: z.string().min(1),
	format: z.string(),
};

const header = z.object({ recording: z.number() });

const gap = z.object({
	from: z.number(),
	to: z.number(),
	cause: z.string(),
	lost: z.number().exactOptional(),
});

const link = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('connecting') }),
	z.object({ kind: z.literal('live') }),
	z.object({ kind: z.literal('catching-up'), behind: z.number() }),
	z.object({ kind: z.literal('stale'), since: z.number() }),
	z.object({
		kind: z.literal('waiting'),
		retryAt: z.number(),
		reason: z.string(),
		attempt: z.number().exactOptional(),
	}),
	z.object({ kind: z.literal('down'), reason: z.string() }),
]);

const record = z.discriminatedUnion('kind', [
	z.object({ ...common, kind: z.literal('event'), tag: bytes, body: bytes }),
	z.object({ ...common, kind: z.literal('broken'), body: bytes, reason: z.string() }),
	z.object({ ...common, kind: z.literal('gap'), gap }),
	z.object({ ...common, kind: z.literal('link'), link }),
]);
