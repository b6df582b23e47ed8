import type { Block } from './block.ts';
import type { Outgoing } from './connector.ts';
import type { Facts } from './facts.ts';
import type { Gap } from './gap.ts';
import type { Link } from './link.ts';
import type { RespondFromEngine, RespondToEngine } from './respond-session.ts';
import type { SeverityName } from './severity.ts';

/** Everything between a console and an engine, as plain data: a worker's port today, any pipe tomorrow. */

/** Where a window stands: at the newest rows, or so that row `seq` is its line `line` (0 is the top). */
export type Anchor = 'tail' | { readonly seq: number; readonly line: number };

/** A row as the screen gets it. `seq` counts from 1 per engine start and never changes its meaning. */
export type EventRow = {
	readonly kind: 'event' | 'sensor';
	readonly seq: number;
	readonly source: string;
	readonly format: string;
	readonly severity: SeverityName;
	/** The event's own time, else its arrival; nanoseconds since the epoch. */
	readonly time: bigint;
	readonly arrived: bigint;
	readonly tag: string;
	readonly facts: Facts;
	/** The body's length. */
	readonly bytes: number;
	/** The row stands for so many that say the same, the newest of them `last`. */
	readonly fold?: { readonly count: number; readonly last: number };
};

export type GapRow = {
	readonly kind: 'gap';
	readonly seq: number;
	readonly source: string;
	readonly arrived: bigint;
	readonly gap: Gap;
};

/** Bytes that could not be cut or read; `head` holds the first of them (at most 256). */
export type BrokenRow = {
	readonly kind: 'broken';
	readonly seq: number;
	readonly source: string;
	readonly arrived: bigint;
	readonly reason: string;
	readonly bytes: number;
	readonly sha256: string;
	readonly head: Uint8Array;
};

export type Row = EventRow | GapRow | BrokenRow;

/** The seq of the newest event that a row stands for. */
export function lastOf(row: Row): number {
	return ('fold' in row ? row.fold?.last : undefined) ?? row.seq;
}

export type Window = {
	readonly type: 'window';
	/** The id of the view that asked. */
	readonly view: number;
	/** Oldest first; the last line is the newest. */
	readonly rows: readonly Row[];
	/** Matching rows older than the first and newer than the last of `rows`, as far as counted. */
	readonly above: number;
	readonly below: number;
	/** Of those below, how many are critical or worse. */
	readonly criticalBelow: number;
	readonly matched: number;
	/** False while the count still grows: shown as `≥`. */
	readonly isComplete: boolean;
	/** Rows in the buffer. */
	readonly held: number;
	/** The oldest seq still held: what is older has fallen. */
	readonly first: number;
	/** The oldest row there is to see: before `first` where critical ones fell before anybody saw them. */
	readonly oldest: number;
	/** How many those are. */
	readonly fallen: number;
};

export type SourceState = {
	readonly name: string;
	readonly kind: string;
	/** What it is attached to, in words: a path, a URL without secrets. */
	readonly target: string;
	readonly link: Link;
	/** Events a second over the last seconds. */
	readonly rate: number;
	readonly received: number;
	/** Dropped on our side before the log. */
	readonly dropped: number;
	readonly gaps: number;
	readonly broken: number;
	/** Milliseconds since the epoch of the last event's arrival. */
	readonly lastAt?: number;
	/** How far the last event's own time lies behind its arrival, where it has one. */
	readonly behindMs?: number;
	readonly canFire: boolean;
	/** It can also hand what is fired on to its master: Salt's minion bus. */
	readonly canForward?: boolean;
	readonly isPaused: boolean;
};

export type Counts = {
	readonly type: 'counts';
	/** Milliseconds since the epoch when they were taken: an old one means the engine is behind. */
	readonly at: number;
	readonly held: number;
	readonly capacity: number;
	/** Rows that fell out of the ring. */
	readonly fallen: number;
	/** Of those, how many should have been kept and had no room. */
	readonly unkept: number;
	/** Events dropped before they became rows. */
	readonly dropped: number;
	readonly rate: number;
	readonly sources: readonly SourceState[];
};

/** One event, opened. */
export type Opened = {
	readonly type: 'opened';
	readonly seq: number;
	readonly row?: Row;
	/** First 16 hex digits of sha-256 over source, tag, body, arrival. */
	readonly ref?: string;
	/** Redacted, as `decode` gave it (bigints, null prototypes). */
	readonly data?: unknown;
	readonly blocks?: readonly Block[];
	/** The body's bytes, at most 256 KiB of them. */
	readonly raw?: Uint8Array;
	/** Why there is nothing to show: it has fallen out of the buffer. */
	readonly missing?: string;
};

/** A step of the tag tree; what only machines tell apart is a star. Labels are the senders' words. */
export type TagBranch = {
	readonly label: string;
	/** The pattern for `tag:` that all tags beneath match. */
	readonly glob: string;
	readonly count: number;
	readonly children: readonly TagBranch[];
};

/** How many rows each of some stretches of time has, the oldest first. */
export type Bars = Readonly<Record<'crit' | 'err' | 'warn', readonly number[]>>;

/** How rows are spread over the values of a key, the most frequent first. */
export type Facet = {
	readonly key: string;
	readonly values: readonly { readonly value: string; readonly count: number }[];
	/** How many further values there are. */
	readonly more: number;
	/** False where only the newest rows were counted: shown as `≥`. */
	readonly isComplete: boolean;
};

export type TagCount = { readonly tag: string; readonly seen: number };

export type ToEngine =
	| RespondToEngine
	| {
			readonly type: 'view.wanted';
			readonly id: number;
			readonly filter: string;
			readonly anchor: Anchor;
			readonly height: number;
			/** Rows that repeat the one before stand behind it. */
			readonly isFolded: boolean;
	  }
	/** The next matching row before or after `from` that also matches `filter`: `e`, `n`. Answered by `found`. */
	| {
			readonly type: 'row.sought';
			readonly id: number;
			readonly filter: string;
			readonly from: number;
			readonly towards: 'older' | 'newer';
	  }
	| { readonly type: 'event.opened'; readonly seq: number }
	/** The rows the operator selected or marked: they outlive the ring. Replaces what was kept before. */
	| { readonly type: 'events.kept'; readonly seqs: readonly number[] }
	| {
			readonly type: 'tags.wanted';
			readonly id: number;
			readonly prefix: string;
			readonly source?: string;
	  }
	/** How many matches of the view each stretch of time has; `from` in milliseconds since the epoch. Answered by `bars`. */
	| {
			readonly type: 'bars.wanted';
			readonly id: number;
			readonly from: number;
			readonly bucketMs: number;
			readonly count: number;
	  }
	/** How the matches of a filter are spread over tags and fields. Answered by `facets`. */
	| { readonly type: 'facets.wanted'; readonly id: number; readonly filter: string }
	| {
			readonly type: 'fired';
			readonly id: number;
			readonly source: string;
			readonly events: readonly Outgoing[];
			readonly forward: boolean;
	  }
	| { readonly type: 'source.paused'; readonly source: string; readonly isPaused: boolean }
	| { readonly type: 'source.reconnected'; readonly source: string }
	/** How many windows a second the screen can take (at most 10). */
	| { readonly type: 'pace.wanted'; readonly windowsPerSecond: number }
	| { readonly type: 'ended' };

export type FromEngine =
	| RespondFromEngine
	| Window
	| Counts
	| Opened
	| { readonly type: 'found'; readonly id: number; readonly seq?: number }
	| { readonly type: 'tags'; readonly id: number; readonly tags: readonly TagCount[] }
	| { readonly type: 'bars'; readonly id: number; readonly bucketMs: number; readonly bars: Bars }
	| {
			readonly type: 'facets';
			readonly id: number;
			readonly tags: readonly TagBranch[];
			readonly facets: readonly Facet[];
	  }
	| {
			readonly type: 'fire.answered';
			readonly id: number;
			readonly isConfirmed: boolean;
			readonly says: string;
			readonly failed?: boolean;
	  }
	| {
			readonly type: 'notice';
			readonly tone: 'muted' | 'good' | 'warn' | 'bad';
			readonly text: string;
	  }
	| { readonly type: 'ended' };
