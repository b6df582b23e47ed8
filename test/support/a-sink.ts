import type { Sink } from '../../src/core/connector.ts';
import type { Gap } from '../../src/core/gap.ts';
import type { Link } from '../../src/core/link.ts';
import { aBell } from './a-bell.ts';

export type SunkEvent = {
	/** The tag as UTF-8; `tagBytes` holds what it really was. */
	readonly tag: string;
	readonly tagBytes: Buffer;
	readonly body: Buffer;
	readonly at?: bigint;
};

/** What a connector pushed, in copies, and a wait for it that ends on the push. */
export type RecordingSink = Sink & {
	readonly events: SunkEvent[];
	readonly broke: { readonly bytes: Buffer; readonly reason: string }[];
	readonly gaps: Gap[];
	readonly links: Link[];
	readonly droppedCount: () => number;
	readonly tags: () => string[];
	/** The kind of the link last reported. */
	readonly lastLink: () => Link['kind'] | undefined;
	/** Looks again after each push. */
	until(what: string, holds: () => boolean): Promise<void>;
};

/** `hangMs`: for servers that take their time. */
export function aSink(hangMs?: number): RecordingSink {
	const bell = aBell(hangMs);
	let dropped = 0;
	const sink: RecordingSink = {
		events: [],
		broke: [],
		gaps: [],
		links: [],
		droppedCount: () => dropped,
		tags: () => sink.events.map((event) => event.tag),
		lastLink: () => sink.links.at(-1)?.kind,
		until: bell.until,
		event(tag, body, at) {
			const tagBytes = Buffer.from(tag);
			const event = { tag: tagBytes.toString(), tagBytes, body: Buffer.from(body) };
			sink.events.push(at === undefined ? event : { ...event, at });
			bell.ring();
		},
		cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd) {
			sink.event(bytes.subarray(tagStart, tagEnd), bytes.subarray(bodyStart, bodyEnd));
		},
		broken(bytes, reason) {
			sink.broke.push({ bytes: Buffer.from(bytes), reason });
			bell.ring();
		},
		gap(gap) {
			sink.gaps.push(gap);
			bell.ring();
		},
		link(link) {
			sink.links.push(link);
			bell.ring();
		},
		dropped(count) {
			dropped += count;
			bell.ring();
		},
	};
	return sink;
}
