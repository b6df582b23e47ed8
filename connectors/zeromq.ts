import { printJson } from '../src/codec/json.ts';
import { systemClock } from '../src/core/clock.ts';
import type { Connector, Outgoing, Receipt } from '../src/core/connector.ts';
import { Failure } from '../src/core/errors.ts';
import { send } from './wire/zeromq-child.ts';
import { follow } from './zeromq/follow.ts';
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
