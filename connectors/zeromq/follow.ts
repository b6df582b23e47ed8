import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Failure, reasonOf } from '../../src/core/errors.ts';
import { type Ending, keepOpen } from '../wire/keep-open.ts';
import { subscribe } from '../wire/zeromq-child.ts';
import { Joins } from './joins.ts';
import { resolveCurve, type ZeromqSettings } from './settings.ts';

/**
 * Reads a PUB socket until `stop` aborts. ZeroMQ reconnects by itself; `keepOpen` starts its process again where that
 * ends. Throws the Failure of what no other try would mend.
 */
export async function follow(
	settings: ZeromqSettings,
	sink: Sink,
	clock: Clock,
	stop: AbortSignal,
): Promise<void> {
	const joins = new Joins(sink, clock);
	const over = new AbortController();
	let hopeless: Failure | undefined;
	const connect = async (): Promise<Ending> => {
		try {
			await read(settings, joins, stop);
			return { reason: 'stopped' };
		} catch (thrown) {
			const reason = reasonOf(thrown);
			joins.lost(reason);
			if (isHopeless(thrown)) {
				hopeless = thrown;
				over.abort();
			}
			return { reason };
		}
	};
	await keepOpen({ connect, sink, clock }, AbortSignal.any([stop, over.signal]));
	if (hopeless) throw hopeless;
}

/** A missing package or an impossible endpoint: another try would only start another process. */
function isHopeless(thrown: unknown): thrown is Failure {
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
