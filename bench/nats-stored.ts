import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'nats';
import { nats } from '../connectors/nats.ts';
import type { Sink } from '../src/core/connector.ts';
import { falco } from '../src/formats/registry.ts';
import { aStore } from './a-store.ts';
import { atLeast, type Figure, paired, perSecond } from './harness.ts';

const events = 200_000;

/** Events received and stored, against the client with a callback that does nothing. */
export const natsStored: Figure = {
	name: 'nats',
	says: "NATS received and stored, against the client's own empty callback",
	goal: '≥ 0.70×',
	async measure() {
		const flood = fork(new URL('./nats-flood.js', import.meta.url), [String(events)]);
		try {
			const [{ port }] = await once(flood, 'message');
			const url = `nats://127.0.0.1:${port}`;
			const { sink, index } = aStore(falco, events);
			const [ours, other, ratio] = await paired(
				() => store(url, sink),
				() => ignore(url),
				5,
				index,
			);
			return [
				{
					what: `${events} Falco events of 400 bytes`,
					ours: perSecond(events, ours),
					other: perSecond(events, other),
					ratio: `${(1 / ratio).toFixed(2)}×`,
					verdict: atLeast(0.7, 1 / ratio),
				},
			];
		} finally {
			flood.disconnect();
		}
	},
};

async function store(url: string, sink: Sink): Promise<void> {
	const stop = new AbortController();
	let left = events;
	const counting: Sink = {
		event(tag, body, at) {
			sink.event(tag, body, at);
			if (--left === 0) stop.abort();
		},
		cut() {},
		broken() {},
		gap() {},
		link() {},
		dropped() {},
	};
	await nats.open(nats.parse({ servers: url, subjects: 'falco.>' }), counting, stop.signal);
}

async function ignore(url: string): Promise<void> {
	const connection = await connect({ servers: url });
	const { promise: all, resolve } = Promise.withResolvers<void>();
	let left = events;
	connection.subscribe('falco.>', {
		callback: () => {
			if (--left === 0) resolve();
		},
	});
	await all;
	await connection.drain();
}
