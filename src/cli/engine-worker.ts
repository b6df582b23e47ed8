import { parentPort, workerData } from 'node:worker_threads';
import { Failure, reasonOf } from '../core/errors.ts';
import type { FromEngine, ToEngine } from '../core/session.ts';
import type { FromWorker } from './engine-port.ts';
import { engineFor, plan } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** The engine beside the screen: functions cannot cross into a worker, so it is planned and wired here. */
const port = parentPort;
if (!port) throw new Error('engine-worker.ts runs in a worker');

const send = (message: FromWorker): void => port.postMessage(message);

try {
	const planned = await plan(workerData as Wanted);
	const engine = engineFor(planned);
	const session = engine.connect((message: FromEngine) => send(message));
	port.on('message', (message: ToEngine) => session.receive(message));
	engine.start();
	const { profile, readOnly, ascii, keymap } = planned.loaded.config;
	send({ type: 'ready', settings: { profile, readOnly, ascii, keymap } });
} catch (error) {
	const code = error instanceof Failure ? error.code : 'internal';
	send({ type: 'failed', code, message: reasonOf(error) });
	port.close();
}
