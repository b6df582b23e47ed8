import { boundsOf } from '../../src/core/bounds.ts';
import { newPeek, type RowKind } from '../../src/core/format.ts';
import type { EventLog } from '../../src/log/event-log.ts';

export type AnEvent = {
	readonly tag?: string;
	readonly body?: string | Uint8Array;
	readonly source?: string;
	readonly format?: string;
	readonly severity?: number;
	readonly host?: string;
	readonly seconds?: number;
	readonly kind?: RowKind;
	readonly isTransportTag?: boolean;
};

/** Appends a right event, indexed; the test names what it is about. Returns its seq. */
export function append(log: EventLog, event: AnEvent = {}): number {
	const isTransportTag = event.isTransportTag ?? true;
	const tag = Buffer.from(event.tag ?? 'a/tag');
	const at = boundsOf(isTransportTag ? tag : Buffer.alloc(0), Buffer.from(event.body ?? 'a body'));
	const seq = log.append(at, log.sources.id(event.source ?? 'salt'), 1000, 5);
	const peek = newPeek();
	peek.severity = event.severity ?? 6;
	peek.kind = event.kind ?? 0;
	peek.seconds = event.seconds ?? -1;
	log.indexRows = (slab, row) => {
		const host = Buffer.from(event.host ?? '');
		const tagId = slab.tags.intern(tag, 0, tag.length);
		const hostId = slab.hosts.intern(host, 0, host.length);
		slab.index(row, tagId, hostId, log.formats.id(event.format ?? 'text'), peek);
	};
	log.index(() => false);
	return seq;
}
