import type { Block } from './block.ts';
import type { Bounds } from './bounds.ts';
import type { Facts } from './facts.ts';

/** Rows of the log: what came, what did not, what could not be read, and a sensor's word about itself. */
export const rowKind = { event: 0, gap: 1, broken: 2, sensor: 3 } as const;
export type RowKind = (typeof rowKind)[keyof typeof rowKind];

/** The format id of rows that no bus sent: gaps, and bytes nobody could read. */
export const ownFormat = 'eventctl';

/** Where a slice that `peek` found lies: nowhere, in the tag, in the body. */
export const sliceIn = { nothing: 0, tag: 1, body: 2 } as const;

/** What a look at the bytes finds. One object is reused for all events: `peek` starts from `clearPeek`. */
export type Peek = {
	kind: RowKind;
	/** Rank 0–8, see severity.ts. */
	severity: number;
	/** The event's own time: seconds since the epoch, or -1 where it names none. */
	seconds: number;
	nanos: number;
	/** A name within the body where the transport gives no tag: the tag becomes `<format>/` + this slice. Empty: none. */
	nameStart: number;
	nameEnd: number;
	hostIn: 0 | 1 | 2;
	/** Must equal `facts(…).host` where it is found; offsets into the tag's or the body's buffer. */
	hostStart: number;
	hostEnd: number;
	/** For a gap: how many events the sender says are lost; -1 where it does not say. */
	lost: number;
};

export function newPeek(): Peek {
	const peek = {} as Peek;
	clearPeek(peek);
	return peek;
}

export function clearPeek(peek: Peek): void {
	peek.kind = rowKind.event;
	peek.severity = 8;
	peek.seconds = -1;
	peek.nanos = 0;
	peek.nameStart = 0;
	peek.nameEnd = 0;
	peek.hostIn = sliceIn.nothing;
	peek.hostStart = 0;
	peek.hostEnd = 0;
	peek.lost = -1;
}

/** Where events lie that are looked at one after the other; their bytes do not change meanwhile. */
export type Region = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

/** Looks at events and remembers how they looked: it finds what `peek` finds, sooner. */
export type Peeker = {
	/** The events of the next looks lie there. Another region is another object. */
	turnTo(region: Region): void;
	peek: Format['peek'];
};

/** What bytes mean. Pure: no clock, no state, the same answer for the same bytes. */
export type Format = {
	readonly id: string;
	/** Cheap and certain enough to choose among formats where the transport does not tell. */
	recognises(at: Bounds): boolean;
	/** The hot path: looks at bytes and fills `out` (which comes cleared). Allocates nothing, never throws, bounded work. */
	peek(at: Bounds, out: Peek): void;
	/** For the events of one source; undefined where there is no memory to remember with. */
	peeker?(): Peeker | undefined;
	/** The value the body stands for. 64-bit integers survive, objects have null prototypes, caps hold; throws a Failure on what it cannot read. */
	decode(body: Uint8Array): unknown;
	facts(tag: string, data: unknown): Facts;
	pretty(tag: string, data: unknown): readonly Block[];
	/** The flat fields a filter's key is looked up in before paths: Falco's `output_fields`. */
	fields?(data: unknown): Readonly<Record<string, unknown>> | undefined;
	/** The same data with secrets replaced by `***`, or the very same value where it holds none. */
	redact?(tag: string, data: unknown): unknown;
	/** What a gap event says, where `peek` called it one. */
	gap?(data: unknown): { readonly cause: string; readonly lost?: number };
	/** A body that is JSON already, on one line and with its numbers as they came; of a format without secrets. */
	oneLine?(body: Uint8Array): string;
	/** The bytes `data` would arrive as: the inverse of decode. */
	encode?(data: unknown): Uint8Array;
};
