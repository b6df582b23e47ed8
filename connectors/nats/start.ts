import {
	AckPolicy,
	type ConsumerInfo,
	DeliverPolicy,
	type JetStreamManager,
} from '@nats-io/jetstream';
import { nanos } from 'nats';
import type { StreamState } from './sequence.ts';

/** A consumer that only shows where its start falls; the server forgets it by itself if we cannot delete it. */
const probeLifetimeMs = 5000;

/** What asks the server about places in one stream, under one filter. */
export type Places = {
	/** The first sequence stored after this time, RFC 3339. */
	after(time: string): Promise<number>;
	/** How many of our events the stream holds from this sequence on. */
	countFrom(sequence: number): Promise<number>;
};

export function placesIn(
	manager: JetStreamManager,
	stream: string,
	filter: readonly string[],
): Places {
	const probe = async (start: object): Promise<ConsumerInfo> => {
		const info = await manager.consumers.add(stream, {
			...start,
			ack_policy: AckPolicy.None,
			mem_storage: true,
			num_replicas: 1,
			inactive_threshold: nanos(probeLifetimeMs),
			...(filter.length === 0 ? {} : { filter_subjects: [...filter] }),
		});
		await manager.consumers.delete(stream, info.name);
		return info;
	};
	return {
		async after(time) {
			const start = { deliver_policy: DeliverPolicy.StartTime, opt_start_time: time };
			return (await probe(start)).delivered.stream_seq + 1;
		},
		async countFrom(sequence) {
			const start = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: sequence };
			return (await probe(start)).num_pending;
		},
	};
}

/**
 * The sequence from which on the stream holds `count` of our events, or all there are. Events under other
 * subjects and deleted ones lie between ours, so the place is searched: a few dozen questions at most.
 */
export async function sequenceOfLast(
	count: number,
	{ first, last }: Pick<StreamState, 'first' | 'last'>,
	countFrom: Places['countFrom'],
): Promise<number> {
	let tooFew = last + 1;
	let reach = count;
	let low = Math.max(first, tooFew - reach);
	let held = await countFrom(low);
	while (held < count && low > first) {
		tooFew = low;
		reach *= 2;
		low = Math.max(first, last + 1 - reach);
		held = await countFrom(low);
	}
	while (held > count && tooFew - low > 1) {
		const middle = Math.floor((low + tooFew) / 2);
		const heldThere = await countFrom(middle);
		if (heldThere < count) {
			tooFew = middle;
		} else {
			low = middle;
			held = heldThere;
		}
	}
	return low;
}
