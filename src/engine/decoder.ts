import { createHash } from 'node:crypto';
import { printJson } from '../codec/json.ts';
import { boundsOf } from '../core/bounds.ts';
import type { Decoded } from '../core/criterion.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Facts } from '../core/facts.ts';
import { type Format, newPeek, rowKind } from '../core/format.ts';
import type { Gap } from '../core/gap.ts';
import type { BrokenRow, EventRow, GapRow, Opened, Row } from '../core/session.ts';
import { severityName } from '../core/severity.ts';
import { decodeUtf8 } from '../core/utf8.ts';
import type { OwnKeys } from '../formats/own-keys.ts';
import { json } from '../formats/registry.ts';
import type { EventLog } from '../log/event-log.ts';
import type { Slab } from '../log/slab.ts';

/** As much of a body as travels to a screen or into a broken row's head. */
const maxRaw = 256 * 1024;
const headBytes = 256;

/** Rows of the log as values: decoded once when asked for, secrets redacted. */
export class Decoder {
	readonly #log: EventLog;
	readonly #formats: ReadonlyMap<string, Format>;
	/** By source: where its JSON says what others say under the usual keys. */
	readonly #keys = new Map<string, OwnKeys>();
	/** The last row decoded: a filter's criteria and the window ask for the same one in a row. */
	#last: { readonly seq: number; readonly decoded: Decoded | Failure } | undefined;

	constructor(log: EventLog, formats: Iterable<Format>) {
		this.#log = log;
		this.#formats = new Map([...formats].map((format) => [format.id, format]));
	}

	useKeys(source: string, keys: OwnKeys | undefined): void {
		if (keys) this.#keys.set(source, keys);
		else this.#keys.delete(source);
	}

	/** For filters; undefined where the body cannot be read. */
	readonly decode = (slab: Slab, row: number): Decoded | undefined => {
		const decoded = this.#decoded(slab, row);
		return decoded instanceof Failure ? undefined : decoded;
	};

	tag(slab: Slab, row: number): string {
		return decodeUtf8(slab.tag(row));
	}

	/** What a list shows of a row. Bytes that their format cannot read are a broken row. */
	row(slab: Slab, row: number): Row {
		const kind = slab.kind(row);
		if (kind === rowKind.broken) return this.#broken(slab, row, this.tag(slab, row));
		if (kind === rowKind.gap) return this.#gap(slab, row);
		const decoded = this.#decoded(slab, row);
		if (decoded instanceof Failure) return this.#broken(slab, row, decoded.message);
		return this.#event(slab, row, decoded);
	}

	/** The whole event, for the detail view. */
	open(slab: Slab, row: number): Opened {
		const shown = this.row(slab, row);
		const raw = this.#rawOf(slab, row);
		const opened = {
			type: 'opened',
			seq: shown.seq,
			row: shown,
			ref: this.ref(slab, row),
			raw,
		} as const;
		const decoded = this.decode(slab, row);
		if (!decoded) return opened;
		const format = this.#formats.get(decoded.format);
		const blocks = format?.pretty(decoded.tag, decoded.data) ?? [];
		return { ...opened, data: decoded.data, blocks };
	}

	/** Names an event for good: the first 16 hex digits of sha-256 over source, tag, body and arrival. */
	ref(slab: Slab, row: number): string {
		return createHash('sha256')
			.update(`${this.#log.sources.name(slab.sources[row] ?? 0)}\0`)
			.update(slab.tag(row))
			.update('\0')
			.update(slab.body(row))
			.update(`\0${slab.arrived(row)}`)
			.digest('hex')
			.slice(0, 16);
	}

	/** The data as JSON text that keeps every value exactly, a number of a JSON body even its spelling. */
	json(slab: Slab, row: number): string {
		const decoded = this.decode(slab, row);
		const oneLine = this.#formatOf(slab, row)?.oneLine;
		return decoded && oneLine ? oneLine(decoded.body) : printJson(decoded?.data);
	}

	/** The body as it came, or re-encoded without the secrets that its format knows of. */
	bytes(slab: Slab, row: number): Buffer {
		const body = slab.body(row);
		const format = this.#formatOf(slab, row);
		if (!format?.redact) return body;
		const tag = this.tag(slab, row);
		const data = tryDecode(format, body);
		if (data instanceof Failure) return body;
		const redacted = format.redact(tag, data);
		if (redacted === data) return body;
		return Buffer.from(format.encode?.(redacted) ?? '');
	}

	/** An event as it would be read if it came; undefined where its format cannot write it. */
	imagined(source: string, formatId: string, tag: string, data: unknown): Decoded | undefined {
		const format = this.#formats.get(formatId);
		if (!format) return undefined;
		const body = Buffer.from(format.encode?.(data) ?? printJson(data));
		const peek = newPeek();
		const at = boundsOf(Buffer.from(tag), body);
		format.peek(at, peek);
		return {
			kind: 'event',
			source,
			format: format.id,
			severity: peek.severity,
			time: 0n,
			tag,
			isTransportTag: true,
			body,
			data,
			fields: format.fields?.(data),
			facts: this.#facts(format, source, tag, data),
		};
	}

	#rawOf(slab: Slab, row: number): Buffer {
		return Buffer.from(this.bytes(slab, row).subarray(0, maxRaw));
	}

	#formatOf(slab: Slab, row: number): Format | undefined {
		return this.#formats.get(this.#log.formats.name(slab.formats[row] ?? 0));
	}

	#decoded(slab: Slab, row: number): Decoded | Failure {
		const seq = slab.first + row;
		if (this.#last?.seq === seq) return this.#last.decoded;
		const decoded = this.#read(slab, row);
		this.#last = { seq, decoded };
		return decoded;
	}

	#read(slab: Slab, row: number): Decoded | Failure {
		const format = this.#formatOf(slab, row);
		if (!format) return new Failure('undecodable', 'no format is known for it');
		const whole = tryDecode(format, slab.body(row));
		if (whole instanceof Failure) return whole;
		const tag = this.tag(slab, row);
		const data = format.redact ? format.redact(tag, whole) : whole;
		const source = this.#sourceOf(slab, row);
		return {
			kind: slab.kind(row) === rowKind.sensor ? 'sensor' : 'event',
			source,
			format: format.id,
			severity: slab.severities[row] ?? 8,
			time: slab.time(row),
			tag,
			isTransportTag: slab.isTransportTag(row),
			body: slab.body(row),
			data,
			fields: format.fields?.(data),
			facts: this.#facts(format, source, tag, data),
		};
	}

	#facts(format: Format, source: string, tag: string, data: unknown): Facts {
		const facts = format.facts(tag, data);
		return format.id === json.id ? (this.#keys.get(source)?.facts(facts, data) ?? facts) : facts;
	}

	#event(slab: Slab, row: number, decoded: Decoded): EventRow {
		return {
			kind: decoded.kind,
			seq: slab.first + row,
			source: decoded.source,
			format: decoded.format,
			severity: severityName(decoded.severity),
			time: decoded.time,
			arrived: slab.arrived(row),
			tag: decoded.tag,
			facts: decoded.facts,
			bytes: slab.end(row) - slab.start(row),
		};
	}

	#gap(slab: Slab, row: number): GapRow {
		const at = {
			seq: slab.first + row,
			source: this.#sourceOf(slab, row),
			arrived: slab.arrived(row),
		};
		return { kind: 'gap', ...at, gap: this.#gapOf(slab, row) };
	}

	#gapOf(slab: Slab, row: number): Gap {
		const format = this.#formatOf(slab, row);
		if (!format) return JSON.parse(slab.body(row).toString()) as Gap;
		const at = Number(slab.time(row) / 1_000_000n);
		const data = tryDecode(format, slab.body(row));
		const says = data instanceof Failure ? undefined : format.gap?.(data);
		return { from: at, to: at, cause: says?.cause ?? this.tag(slab, row), ...says };
	}

	#broken(slab: Slab, row: number, reason: string): BrokenRow {
		const body = slab.body(row);
		return {
			kind: 'broken',
			seq: slab.first + row,
			source: this.#sourceOf(slab, row),
			arrived: slab.arrived(row),
			reason,
			bytes: body.length,
			sha256: createHash('sha256').update(body).digest('hex'),
			head: Buffer.from(body.subarray(0, headBytes)),
		};
	}

	#sourceOf(slab: Slab, row: number): string {
		return this.#log.sources.name(slab.sources[row] ?? 0);
	}
}

function tryDecode(format: Format, body: Uint8Array): unknown {
	try {
		return format.decode(body);
	} catch (error) {
		if (error instanceof Failure) return error;
		return new Failure('undecodable', reasonOf(error), { cause: error });
	}
}
