import { MessageChannel, Worker } from 'node:worker_threads';
import type { Wanted } from './wanted.ts';

/** The engine's worker from its start: it loads, and plans as soon as it is told what is wanted. */
export type BootedEngine = { readonly worker: Worker; want(wanted: Wanted): void };

/** Starts the worker; what it loads it needs whatever will be wanted. */
export function bootEngine(): BootedEngine {
	const { port1, port2 } = new MessageChannel();
	const options = { workerData: port2, transferList: [port2] };
	const worker = new Worker(new URL('./engine-worker.js', import.meta.url), options);
	return { worker, want: (wanted) => port1.postMessage(wanted) };
}
