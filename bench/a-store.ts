import { systemClock } from '../src/core/clock.ts';
import type { Format } from '../src/core/format.ts';
import { Arrival } from '../src/engine/arrival.ts';
import { Ingest } from '../src/engine/ingest.ts';
import { EventLog } from '../src/log/event-log.ts';

/** A log and a sink into it, as an engine has them. */
export function aStore(format: Format, events = 1_000_000, bytes = 1 << 30) {
	const log = new EventLog({ events, bytes });
	const setup = {
		log,
		arrival: new Arrival(systemClock),
		formatOf: () => undefined,
		onChange: () => {},
	};
	return { log, sink: new Ingest(setup, 'bench', () => format) };
}
