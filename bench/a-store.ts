import { systemClock } from '../src/core/clock.ts';
import type { Format } from '../src/core/format.ts';
import { Arrival } from '../src/engine/arrival.ts';
import { Indexer } from '../src/engine/indexer.ts';
import { Ingest, type Tally } from '../src/engine/ingest.ts';
import { EventLog } from '../src/log/event-log.ts';

/**
 * A log and a sink into it, as an engine has them. `index` does what waits until the sockets are empty; `onChange`
 * is told of each row, to call it then.
 */
export function aStore(
	format: Format,
	events = 1_000_000,
	bytes = 1 << 30,
	onChange: (index: () => void) => void = () => {},
) {
	const log = new EventLog({ events, bytes });
	const indexer = new Indexer(log, [format]);
	const index = () => log.index(() => false);
	const setup = {
		log,
		arrival: new Arrival(systemClock),
		register: (name: string, tally: Tally) => indexer.register(name, tally, [format.id]),
		onChange: () => onChange(index),
	};
	return { log, sink: new Ingest(setup, 'bench'), index };
}

/** Calls what it is given once per turn of the event loop, behind what the turn brings: so an engine indexes. */
export function oncePerTurn(): (deed: () => void) => void {
	let isDue = false;
	return (deed) => {
		if (isDue) return;
		isDue = true;
		setImmediate(() => {
			isDue = false;
			deed();
		});
	};
}
