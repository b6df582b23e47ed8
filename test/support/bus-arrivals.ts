import type { Arrivals } from '../../src/actions/salt-ear.ts';
import { decodeMsgpack } from '../../src/codec/msgpack.ts';
import type { RecordingSink } from './a-sink.ts';

/** Returns of jobs as an engine would hand them on, from a sink that reads the master's bus. */
export function returnsOn(bus: RecordingSink): Arrivals {
	return (_filter, stop) => follow(bus, bus.events.length, stop);
}

async function* follow(bus: RecordingSink, from: number, stop: AbortSignal) {
	for (let at = from; ; at++) {
		await Promise.race([bus.until('an event', () => bus.events.length > at), over(stop)]);
		const event = bus.events[at];
		if (stop.aborted || !event) return;
		if (/^salt\/job\/.*\/ret\//u.test(event.tag)) {
			yield { tag: event.tag, data: decodeMsgpack(event.body) };
		}
	}
}

function over(stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (stop.aborted) resolve();
		stop.addEventListener('abort', () => resolve(), { once: true });
	});
}
