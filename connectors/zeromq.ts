import { once } from 'node:events';
import { printJson } from '../src/codec/json.ts';
import { type Clock, systemClock } from '../src/core/clock.ts';
import type { Connector, Outgoing, Receipt, Sink } from '../src/core/connector.ts';
import { Failure, reasonOf } from '../src/core/errors.ts';
import { type Ending, keepOpen } from './wire/keep-open.ts';
import { send, subscribe } from './wire/zeromq-child.ts';
import { Joins } from './zeromq/joins.ts';
import {
	parseSettings,
	resolveCurve,
	settingsOfText,
	type ZeromqSettings,
} from './zeromq/settings.ts';

/** Any ZeroMQ publisher: a message's first part is the tag where there are several. */
export const zeromq: Connector<ZeromqSettings> = {
	kind: 'zeromq',
	title: 'ZeroMQ publisher',
	formats: ['json', 'text', 'salt'],
	fromText: settingsOfText,
	parse: parseSettings,
	open: (settings, sink, stop) => follow(settings, sink, systemClock, stop),
	fire: (settings, events, _options, stop) => fire(settings, events, stop),
};

/** ZeroMQ reconnects by itself; `keepOpen` starts its process again where that ends. */
function follow(
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

/** Sends each event as two parts, its tag and its JSON. */
async function fire(
	settings: ZeromqSettings,
	events: readonly Outgoing[],
	stop: AbortSignal,
): Promise<Receipt> {
	const { fire: target } = settings;
	if (target === undefined) {
		throw new Failure(
			'usage',
			'zeromq: a reader of a PUB socket cannot write to it: say where to with ?push=ENDPOINT or ?pub=ENDPOINT',
		);
	}
	const curve = await resolveCurve(settings);
	const messages = events.map(({ tag, data }) => [tag, printJson(data)]);
	await send({ ...target, ...(curve && { curve }) }, messages, stop);
	const what = events.length === 1 ? events[0]?.tag : `${events.length} events`;
	return {
		confirmed: false,
		says: `${what} sent to ${target.endpoint}; not confirmed by the transport`,
	};
}
