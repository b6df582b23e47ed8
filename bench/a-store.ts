import { systemClock } from '../src/core/clock.ts';
import type { Format } from '../src/core/format.ts';
import { Arrival } from '../src/engine/arrival.ts';
import { Indexer } from '../src/engine/indexer.ts';
import { Ingest, type Tally } from '../src/engine/ingest.ts';
import { EventLog } from '../src/log/event-log.ts';

/** A log and a sink into it, as an engine has them. `index` does what waits until the sockets are empty. */
export function aStore(format: Format, events = 1_000_000, bytes = 1 << 30) {
	const log = new EventLog({ events, bytes });
	const indexer = new Indexer(log, [format]);
	const setup = {
		log,
		arrival: new Arrival(systemClock),
		register: (name: string, tally: Tally) => indexer.register(name, tally, [format.id]),
		onChange: () => {},
	};
	return { log, sink: new Ingest(setup, 'bench'), index: () => log.index(() => false) };
}
