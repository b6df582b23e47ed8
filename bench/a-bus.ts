import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type EnginePort, startEngine } from '../src/cli/engine-port.ts';
import type { FromEngine } from '../src/core/session.ts';
import { temporary } from './temporary.ts';

export type BusAndEngine = {
	readonly engine: EnginePort;
	/** Lets the sender begin. */
	go(): void;
	/** Resolves when the sender has written all it was told to. */
	readonly sent: Promise<unknown>;
	/** Resolves with the first message from now on that fulfils the predicate. */
	until<Type extends FromEngine['type']>(
		type: Type,
		is: (message: Extract<FromEngine, { type: Type }>) => boolean,
	): Promise<Extract<FromEngine, { type: Type }>>;
	/** Is given every message from now on. */
	listen(then: (message: FromEngine) => void): void;
	end(): Promise<void>;
};

/**
 * An engine in its worker, as the console starts it, that is attached to a bus in a process of its own: `count` job
 * returns of 400 bytes at full speed, then `rate` a second.
 */
export async function aBusAndEngine(count: number, rate = 0): Promise<BusAndEngine> {
	const folder = mkdtempSync(join(temporary(), 'bus-'));
	const words = [join(folder, 'master_event_pub.ipc'), String(count), String(rate)];
	const sender = fork(new URL('./salt-sender.js', import.meta.url), words);
	await once(sender, 'message');
	const sent = once(sender, 'message');
	const engine = startEngine({
		options: { source: [`bus=salt:${folder}`] },
		env: { HOME: folder },
		stdinIsPiped: false,
	});
	const listeners = new Set<(message: FromEngine) => void>();
	engine.listen((message) => {
		for (const listener of listeners) listener(message);
	});
	const bus: BusAndEngine = {
		engine,
		sent,
		go: () => void sender.send('go'),
		listen: (then) => void listeners.add(then),
		until: (type, is) =>
			new Promise((resolve) => {
				const look = (message: FromEngine) => {
					if (!isOf(message, type) || !is(message)) return;
					listeners.delete(look);
					resolve(message);
				};
				listeners.add(look);
			}),
		async end() {
			sender.disconnect();
			await engine.end();
		},
	};
	await engine.ready;
	await bus.until('counts', ({ sources }) => sources[0]?.link.kind === 'live');
	return bus;
}

function isOf<Type extends FromEngine['type']>(
	message: FromEngine,
	type: Type,
): message is Extract<FromEngine, { type: Type }> {
	return message.type === type;
}
