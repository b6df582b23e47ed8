import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '../core/errors.ts';
import type { FromEngine, ToEngine } from '../core/session.ts';
import type { PresetName } from '../keys/load.ts';
import type { Wanted } from './wanted.ts';

/** What the console needs of the configuration. */
export type ConsoleSettings = {
	readonly profile: string | undefined;
	readonly readOnly: boolean;
	readonly ascii: boolean;
	/** How somebody who looks elsewhere is called. */
	readonly alert: 'bell' | 'notification' | 'off';
	readonly keymap: PresetName;
};

export type FromWorker =
	| FromEngine
	| { readonly type: 'settings'; readonly settings: ConsoleSettings }
	| { readonly type: 'ready' }
	/** A run that is still on its way when the engine is asked to end, and how it ended. */
	| { readonly type: 'finishing'; readonly text: string }
	| { readonly type: 'failed'; readonly code: FailureCode; readonly message: string };

export type EnginePort = {
	/** Resolves when the configuration is read; rejects with its Failure. */
	readonly settings: Promise<ConsoleSettings>;
	/** Resolves when the sources are checked, after the settings; rejects with what is wrong with either. */
	readonly ready: Promise<void>;
	send(message: ToEngine): void;
	/** Is given what the engine says, also what it said before this was called. */
	listen(onMessage: (message: FromEngine) => void): void;
	/** Is told when the worker died by itself. */
	onDeath(then: (error: Error) => void): void;
	/** Ends the engine, and the worker when all is closed and what ran is written down; `say` is told of such runs. */
	end(say?: (text: string) => void): Promise<void>;
};

/** How long closed sources are waited for before the worker is ended all the same. */
const endMs = 2000;

/** Starts the engine in its worker. */
export function startEngine(wanted: Wanted): EnginePort {
	const worker = new Worker(new URL('./engine-worker.js', import.meta.url), { workerData: wanted });
	const gone = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
	const early: FromEngine[] = [];
	let tell = (message: FromEngine): void => void early.push(message);
	const settings = Promise.withResolvers<ConsoleSettings>();
	const ready = Promise.withResolvers<void>();
	const fail = (error: unknown) => {
		settings.reject(error);
		ready.reject(error);
	};
	// Whoever learned it from the settings does not wait any more.
	ready.promise.catch(() => {});
	worker.on('error', fail);
	worker.on('message', (message: FromWorker) => {
		if (message.type === 'settings') settings.resolve(message.settings);
		else if (message.type === 'ready') ready.resolve();
		else if (message.type === 'failed') fail(new Failure(message.code, message.message));
		else if (message.type !== 'finishing') tell(message);
	});
	return {
		settings: settings.promise,
		ready: ready.promise,
		send: (message) => worker.postMessage(message),
		listen(onMessage) {
			tell = onMessage;
			for (const message of early.splice(0)) onMessage(message);
		},
		onDeath: (then) => void worker.on('error', then),
		async end(say = () => {}) {
			const over = new Promise<void>((resolve) => {
				const late = setTimeout(resolve, endMs).unref();
				gone.then(resolve);
				worker.on('message', (message: FromWorker) => {
					if (message.type === 'ended') resolve();
					if (message.type !== 'finishing') return;
					// A run takes the time it takes.
					clearTimeout(late);
					say(message.text);
				});
			});
			worker.postMessage({ type: 'ended' } satisfies ToEngine);
			await over;
			await worker.terminate();
		},
	};
}
