import { once } from 'node:events';
import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Failure, reasonOf } from '../../src/core/errors.ts';
import { type Ending, keepOpen } from '../wire/keep-open.ts';
import { subscribe } from '../wire/zeromq-child.ts';
import { Joins } from './joins.ts';
import { resolveCurve, type ZeromqSettings } from './settings.ts';

/** Reads a PUB socket until `stop` aborts. ZeroMQ reconnects by itself; `keepOpen` starts its process again where that ends. */
export function follow(
	settings: ZeromqSettings,
	sink: Sink,
	clock: Clock,
	stop: AbortSignal,
): Promise<void> {
	const joins = new Joins(sink, clock);
	const connect = async (): Promise<Ending> => {
		try {
			await read(settings, joins, stop);
			return { reason: 'stopped' };
		} catch (thrown) {
			const reason = reasonOf(thrown);
			joins.lost(reason);
			if (!isHopeless(thrown)) return { reason };
			sink.link({ kind: 'down', reason });
			if (!stop.aborted) await once(stop, 'abort');
			return { reason };
		}
	};
	return keepOpen({ connect, sink, clock }, stop);
}

/** A missing package or an impossible endpoint: another try would only start another process. */
function isHopeless(thrown: unknown): boolean {
	return thrown instanceof Failure && thrown.code === 'config';
}

async function read(settings: ZeromqSettings, joins: Joins, stop: AbortSignal): Promise<void> {
	const { endpoint, bind, topics, highWaterMark } = settings;
	const curve = await resolveCurve(settings);
	const order = {
		endpoint,
		bind,
		...(topics && { topics }),
		...(highWaterMark === undefined ? {} : { highWaterMark }),
		...(curve && { curve }),
	};
	if (!stop.aborted) await subscribe(order, joins, stop);
}
