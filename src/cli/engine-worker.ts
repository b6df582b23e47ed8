import { parentPort, workerData } from 'node:worker_threads';
import { loadConfig } from '../config/load.ts';
import { pause, systemClock } from '../core/clock.ts';
import type { Criterion } from '../core/criterion.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { FromEngine, ToEngine } from '../core/session.ts';
import type { Engine } from '../engine/engine.ts';
import type { Respond } from '../engine/respond.ts';
import { configFiles } from './disk.ts';
import type { FromWorker } from './engine-port.ts';
import type { Planned } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** The engine beside the screen: functions cannot cross into a worker, so it is planned and wired here. */
const port = parentPort;
if (!port) throw new Error('engine-worker.ts runs in a worker');

/** So that what is there already is shown first: rules and actions take a while to load, and nothing else happens then. */
const headStartMs = 50;
/** Aborts when the screen is left. */
const over = new AbortController();
const send = (message: FromWorker): void => port.postMessage(message);

const wanted = workerData as Wanted;
const planned = await planOrSay();
if (planned) await serve(planned);

/** The plan; undefined where there is none, and the console is told why. It draws as soon as it knows the settings. */
async function planOrSay(): Promise<Planned | undefined> {
	try {
		const loaded = await loadConfig(wanted.env, configFiles, wanted.options);
		const { profile, readOnly, ascii, keymap, alert } = loaded.config;
		send({ type: 'settings', settings: { profile, readOnly, ascii, keymap, alert } });
		const { planScreen } = await import('./plan.ts');
		const planned = await planScreen(wanted, loaded);
		send({ type: 'ready' });
		return planned;
	} catch (error) {
		const code = error instanceof Failure ? error.code : 'internal';
		send({ type: 'failed', code, message: reasonOf(error) });
		port?.close();
		return undefined;
	}
}

/** What it fails of from here on ends the worker, and the console with it. */
async function serve(planned: Planned): Promise<void> {
	const { engineFor } = await import('./engine-for.ts');
	const engine = engineFor(planned, await criterionOf(wanted.only));
	const session = engine.connect((message: FromEngine) => send(message));
	const opening = Promise.withResolvers<Respond | undefined>();
	port?.on('message', (message: ToEngine) => {
		if (message.type === 'ended') void end(engine, opening.promise);
		else session.receive(message);
	});
	engine.start();
	await pause(systemClock, headStartMs, over.signal);
	opening.resolve(await openDesk(engine, planned));
	await followConfig(engine, planned);
}

async function criterionOf(only: string | undefined): Promise<Criterion | undefined> {
	if (only === undefined) return undefined;
	const { compileFilter } = await import('../filter/compile.ts');
	return compileFilter(only, systemClock.now()).criterion;
}

async function followConfig(engine: Engine, planned: Planned): Promise<void> {
	const { watchConfig } = await import('./watch-config.ts');
	const notice = (tone: 'good' | 'bad', text: string) => send({ type: 'notice', tone, text });
	await watchConfig({ engine, planned, wanted, notice }, over.signal);
}

/** Where there is no store nothing can be approved; events are shown all the same. */
async function openDesk(engine: Engine, planned: Planned): Promise<Respond | undefined> {
	try {
		const { deskFor } = await import('./desk.ts');
		const desk = await deskFor(engine, planned, wanted);
		await engine.open(desk);
		return desk.respond;
	} catch (error) {
		send({ type: 'notice', tone: 'bad', text: `nothing can be approved: ${reasonOf(error)}` });
		return undefined;
	}
}

/** What runs is finished and written down first; whoever waits is told of each run. */
async function end(engine: Engine, opening: Promise<Respond | undefined>): Promise<void> {
	over.abort();
	const respond = await opening;
	respond?.tellEnds((text) => send({ type: 'finishing', text }));
	await engine.stop();
	send({ type: 'ended' });
}
