import type { TagCount } from '../core/session.ts';
import { decodeUtf8 } from '../core/utf8.ts';
import type { EventLog } from '../log/event-log.ts';
import type { Slab } from '../log/slab.ts';

/** The tags of the rows held that contain `part`, of one source or of all, most frequent first. */
export function tagsLike(log: EventLog, part: string, source?: string): TagCount[] {
	const wanted = Buffer.from(part);
	const only = source === undefined ? undefined : log.sources.id(source);
	const seen = new Map<string, number>();
	for (const slab of log.slabs) {
		const counts = countsIn(slab, only);
		for (let id = 1; id < slab.tags.count; id++) {
			const count = counts[id] ?? 0;
			if (count === 0 || !slab.tags.get(id).includes(wanted)) continue;
			const tag = decodeUtf8(slab.tags.get(id));
			seen.set(tag, (seen.get(tag) ?? 0) + count);
		}
	}
	const tags = [...seen].map(([tag, count]) => ({ tag, seen: count }));
	return tags.sort((one, other) => other.seen - one.seen);
}

/** How many rows each tag of a slab has. */
function countsIn(slab: Slab, source: number | undefined): Uint32Array {
	const counts = new Uint32Array(slab.tags.count);
	for (let row = 0; row < slab.rows; row++) {
		if (source !== undefined && slab.sources[row] !== source) continue;
		const id = slab.tagIds[row] ?? 0;
		counts[id] = (counts[id] ?? 0) + 1;
	}
	return counts;
}
