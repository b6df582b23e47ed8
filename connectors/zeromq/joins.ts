import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { largestEvent, tooLarge } from '../wire/deliver.ts';
import { type Frame, partOf } from '../wire/pipe-frames.ts';
import type { ZeromqListener } from '../wire/zeromq-child.ts';

const lineFeed = Buffer.from('\n');

/**
 * What a subscriber hears, as events, links and gaps. A PUB socket tells nobody what was published before
 * somebody joined, so that each joining is a gap.
 */
export class Joins implements ZeromqListener {
	readonly #sink: Sink;
	readonly #clock: Clock;
	#missingSince: number;
	#cause = 'joined: what was published before is not known';
	#isJoined = false;
	#attempt = 0;

	constructor(sink: Sink, clock: Clock) {
		this.#sink = sink;
		this.#clock = clock;
		this.#missingSince = clock.now();
	}

	message(frame: Frame): void {
		const { bytes, count, starts, ends } = frame;
		const [tagStart = 0, bodyStart = 0] = starts;
		const [tagEnd = 0, bodyEnd = 0] = ends;
		const end = ends[count - 1] ?? 0;
		if (end - tagStart > largestEvent) this.#sink.broken(bytes.subarray(tagStart, end), tooLarge);
		else if (count === 1) this.#sink.cut(bytes, tagStart, tagStart, tagStart, tagEnd);
		else if (count === 2) this.#sink.cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd);
		else this.#sink.event(partOf(frame, 0), linesOf(frame));
	}

	joined(): void {
		if (!this.#isJoined) {
			const to = this.#clock.now();
			this.#sink.gap({ from: this.#missingSince, to, cause: this.#cause });
		}
		this.#isJoined = true;
		this.#attempt = 0;
		this.#sink.link({ kind: 'live' });
	}

	left(): void {
		this.lost('the publisher went away');
		this.#sink.link({ kind: 'connecting' });
	}

	/** From now on something may be missing; said again, it changes nothing. */
	lost(cause: string): void {
		if (!this.#isJoined) return;
		this.#isJoined = false;
		this.#missingSince = this.#clock.now();
		this.#cause = cause;
	}

	retrying(ms: number, reason: string): void {
		this.#attempt++;
		const retryAt = this.#clock.now() + ms;
		this.#sink.link({
			kind: 'waiting',
			retryAt,
			reason: `zeromq: ${reason}`,
			attempt: this.#attempt,
		});
	}

	dropped(count: number): void {
		this.#sink.dropped(count);
	}
}

/** The parts after the first, one a line: an event has one body. */
function linesOf(frame: Frame): Buffer {
	const lines = [partOf(frame, 1)];
	for (let index = 2; index < frame.count; index++) lines.push(lineFeed, partOf(frame, index));
	return Buffer.concat(lines);
}
