import type { FireOptions, Outgoing, Receipt } from '../../src/core/connector.ts';
import { Failure, reasonOf } from '../../src/core/errors.ts';
import { arrived, signed } from './awaited.ts';
import { deliver, type Job, patienceMs } from './deliver.ts';
import { Echoes, listen } from './echo.ts';
import { stampOf } from './manner.ts';
import { directMessages, forwardedMessage } from './outgoing.ts';
import type { Surroundings } from './read-bus.ts';
import type { SaltSettings } from './settings.ts';
import { type Sockets, socketsOf } from './sockets.ts';

/**
 * Fires on the bus, or with `forward` hands over to the minion's master, and waits until the events appear
 * there. Throws a Failure: `denied` and `unreachable` with nothing sent, `not-confirmed` where it was sent and
 * nothing came back.
 */
export async function fireOnBus(
	settings: SaltSettings,
	events: readonly Outgoing[],
	{ forward = false }: FireOptions,
	surroundings: Surroundings,
	stop: AbortSignal,
): Promise<Receipt> {
	if (forward && settings.bus !== 'minion') {
		throw new Failure('usage', 'salt: only a minion forwards to its master: name its bus');
	}
	const done = new AbortController();
	const job = { settings, surroundings, stop: AbortSignal.any([stop, done.signal]) };
	try {
		return forward ? await forwardAll(job, events) : await fireAll(job, events);
	} finally {
		done.abort();
	}
}

async function fireAll(job: Job, events: readonly Outgoing[]): Promise<Receipt> {
	const messages = directMessages(events, stamps(job));
	const sockets = await socketsOf(job.settings, job.surroundings.files);
	const way = await deliver(job, sockets, messages);
	const what = events.length === 1 ? 'seen' : `${events.length} events seen`;
	return { confirmed: true, says: `${what} again on the ${sockets.bus} bus (${way})` };
}

async function forwardAll(job: Job, events: readonly Outgoing[]): Promise<Receipt> {
	const message = forwardedMessage(events, stamps(job)(0));
	const sockets = await socketsOf(job.settings, job.surroundings.files);
	const master = await listenToMaster(job, events, sockets);
	await deliver(job, sockets, [message]);
	if (master instanceof Failure) {
		const says = `handed to the minion; the master's bus is not visible here: ${master.message}`;
		return { confirmed: false, says };
	}
	await master.settle(patienceMs, job.stop);
	if (master.missing > 0) throw notSeen(master.missing, events.length);
	return { confirmed: true, says: 'handed to the minion, and seen on the master bus' };
}

function notSeen(missing: number, count: number): Failure {
	return new Failure(
		'not-confirmed',
		`salt: the minion has it, but ${missing} of ${count} did not appear on the master's bus within ${patienceMs / 1000} s: its master may be away, or another one`,
	);
}

/** A stamp for each event, in the bus's own way and never twice the same. */
function stamps({ settings, surroundings }: Job): (index: number) => string {
	const now = Math.round(surroundings.clock.now() * 1000);
	return (index) => stampOf(now + index, settings.manner);
}

/** Hears the master's bus where it is visible from here; else the reason why not. */
async function listenToMaster(
	{ settings, surroundings, stop }: Job,
	events: readonly Outgoing[],
	minion: Sockets,
): Promise<Echoes | Failure> {
	// Where a minion speaks ZeroMQ, its master most likely does.
	const manner = settings.manner.isZeromq ? { isZeromq: true } : {};
	const isBatch = events.length > 1;
	const awaited = events.map((event) => (isBatch ? arrived(event) : signed(event, minion.isOwn)));
	const echoes = new Echoes(awaited, surroundings.clock);
	try {
		const place = {
			bus: 'master',
			place: settings.master,
			id: undefined,
			hash: undefined,
		} as const;
		await listen(await socketsOf(place, surroundings.files), echoes, manner, stop);
		return echoes;
	} catch (thrown) {
		return thrown instanceof Failure ? thrown : new Failure('unreachable', reasonOf(thrown));
	}
}
