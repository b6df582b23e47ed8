import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import type { Outgoing } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';

/** What one frame carries into a pull socket. */
export type Message = { readonly tag: Buffer; readonly body: Uint8Array };

/** Salt cuts the data of an event down to this size, in bytes (its `max_event_size`). */
const largestBody = 1_048_576;

/** What recent masters drop without a word to the sender when it comes in a batch. */
const droppedFromBatches = [
	/^salt\/key$/,
	/^salt\/(run|cloud|cluster)\//,
	/^salt\/job\/.*\/(new|publish|return)$/,
	/^salt\/wheel\/.*\/(new|return)$/,
];

/** One frame for each event; `stamp` gives the text of the nth one's `_stamp`. */
export function directMessages(
	events: readonly Outgoing[],
	stamp: (index: number) => string,
): readonly Message[] {
	return events.map(({ tag, data }, index) =>
		message(tag, stamped(mapOf(tag, data), stamp(index))),
	);
}

/**
 * The one frame that makes a minion hand events to its master. A single event arrives there signed with the
 * minion's id; several arrive bare, and some tags not at all: a Failure (`denied`) names those.
 */
export function forwardedMessage(events: readonly Outgoing[], stamp: string): Message {
	const pairs = events.map(({ tag, data }) => ({ tag: checkedTag(tag), data: mapOf(tag, data) }));
	const [only] = pairs;
	if (only !== undefined && pairs.length === 1) {
		return message('fire_master', { ...only, events: null, pretag: null, _stamp: stamp });
	}
	for (const { tag } of pairs) refuseDropped(tag);
	const batch = { tag: null, data: null, pretag: null, events: pairs, _stamp: stamp };
	return message('fire_master', batch);
}

function refuseDropped(tag: string): void {
	if (!droppedFromBatches.some((pattern) => pattern.test(tag))) return;
	throw new Failure(
		'denied',
		`salt: masters drop ${tag} from a batch of a minion's events: fire it alone, or on the master's bus`,
	);
}

function message(tag: string, data: unknown): Message {
	const body = encodeMsgpack(data);
	if (body.length > largestBody) {
		throw new Failure(
			'too-large',
			`salt: the data of ${tag} has ${body.length} bytes, and Salt cuts what has more than ${largestBody} (max_event_size)`,
		);
	}
	return { tag: Buffer.from(checkedTag(tag)), body };
}

function checkedTag(tag: string): string {
	if (tag === '') throw new Failure('usage', 'salt: an event needs a tag');
	if (tag.includes('\n\n')) throw new Failure('usage', 'salt: a blank line would end the tag');
	return tag;
}

type DataMap = Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown>;

/** Salt's own clients and its reactor expect a map; nothing is an empty one. */
export function mapOf(tag: string, data: unknown): DataMap {
	if (data === null || data === undefined) return {};
	if (isMap(data)) return data;
	throw new Failure('usage', `salt: the data of ${tag} must be a map, such as {"key": "value"}`);
}

function isMap(data: unknown): data is DataMap {
	if (typeof data !== 'object' || data === null) return false;
	return !Array.isArray(data) && !(data instanceof Uint8Array);
}

function stamped(data: DataMap, stamp: string): DataMap {
	if (data instanceof Map) return new Map([...data, ['_stamp', stamp]]);
	return { ...data, _stamp: stamp };
}
