import { boundsOf } from '../../src/core/bounds.ts';
import { clearPeek, newPeek, type RowKind } from '../../src/core/format.ts';
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

/** Appends a right event; the test names what it is about. Returns its seq. */
export function append(log: EventLog, event: AnEvent = {}): number {
	const tag = Buffer.from(`${event.host ?? ''}${event.tag ?? 'a/tag'}`);
	const host = Buffer.byteLength(event.host ?? '');
	const at = boundsOf(tag, Buffer.from(event.body ?? 'a body'));
	const peek = newPeek();
	clearPeek(peek);
	peek.severity = event.severity ?? 6;
	peek.kind = event.kind ?? 0;
	peek.seconds = event.seconds ?? -1;
	if (host > 0) {
		peek.hostIn = 1;
		peek.hostEnd = host;
		at.tagStart = host;
	}
	const source = log.sources.id(event.source ?? 'salt');
	const format = log.formats.id(event.format ?? 'text');
	return log.append(at, peek, source, format, event.isTransportTag ?? true, 1000, 5);
}
