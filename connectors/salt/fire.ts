import type { FireOptions, Outgoing, Receipt } from '../../src/core/connector.ts';
import { Failure, reasonOf } from '../../src/core/errors.ts';
import { type FrameForm, framed } from '../wire/frames.ts';
import { writeEnvelope } from '../wire/salt-envelope.ts';
import { addressText, sendTo } from '../wire/unix-socket.ts';
import { arrived, sameBytes, signed } from './awaited.ts';
import { Echoes, listen } from './echo.ts';
import { formsToTry, type Manner, stampOf } from './manner.ts';
import { directMessages, forwardedMessage, type Message } from './outgoing.ts';
import type { Surroundings } from './read-bus.ts';
import { refusal } from './refusal.ts';
import type { SaltSettings } from './settings.ts';
import { type Sockets, socketsOf } from './sockets.ts';

/**
 * How long the echo of the likelier form is waited for before the other is tried, and how long in all. No daemon
 * can read both forms, so that trying the other one soon never makes an event appear twice.
 */
const firstPatienceMs = 500;
const patienceMs = 5000;

const formWords = { bare: 'bare frames', length: 'length-prefixed frames' } as const;

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

/** One fire: its bus, and the end of everything that was opened for it. */
type Job = {
	readonly settings: SaltSettings;
	readonly surroundings: Surroundings;
	readonly stop: AbortSignal;
};

async function fireAll(job: Job, events: readonly Outgoing[]): Promise<Receipt> {
	const messages = directMessages(events, stamps(job));
	const sockets = await socketsOf(job.settings, job.surroundings.files);
	const form = await deliver(job, sockets, messages);
	const what = events.length === 1 ? 'seen' : `${events.length} events seen`;
	return { confirmed: true, says: `${what} again on the ${sockets.bus} bus (${formWords[form]})` };
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
	return { confirmed: true, says: `handed to the minion, and seen on the master bus` };
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

/** Writes in the likelier form, and on a new connection in the other, until the echo says which one the bus reads. */
async function deliver(
	{ settings: { manner }, surroundings, stop }: Job,
	sockets: Sockets,
	messages: readonly Message[],
): Promise<FrameForm> {
	const echoes = new Echoes(messages.map(sameBytes), surroundings.clock);
	await listen(sockets, echoes, manner, stop);
	const [likelier, other] = formsToTry(manner);
	for (const [form, ms] of [
		[likelier, firstPatienceMs],
		[other, patienceMs - firstPatienceMs],
	] as const) {
		const close = await write(sockets, messages, form, stop);
		await echoes.settle(ms, stop);
		close();
		if (echoes.missing === 0) return remember(manner, form);
		if (stop.aborted)
			throw new Failure('not-confirmed', 'salt: sent, and stopped before it came back');
		if (echoes.missing < messages.length) break;
	}
	throw unconfirmed(sockets, messages.length, echoes.missing);
}

function remember(manner: Manner, form: FrameForm): FrameForm {
	manner.writes = form;
	return form;
}

async function write(
	{ bus, pull }: Sockets,
	messages: readonly Message[],
	form: FrameForm,
	stop: AbortSignal,
): Promise<() => void> {
	const frames = messages.map(({ tag, body }) => framed(writeEnvelope(tag, body), form));
	try {
		return await sendTo(pull, Buffer.concat(frames), stop);
	} catch (thrown) {
		throw await refusal(pull, bus, thrown);
	}
}

function unconfirmed({ bus, pull }: Sockets, count: number, missing: number): Failure {
	const where = addressText(pull);
	const says =
		missing === count
			? `sent to ${where} in both forms of frames, and nothing came back on the bus within ${patienceMs / 1000} s`
			: `sent to ${where}, and only ${count - missing} of ${count} came back on the bus`;
	return new Failure('not-confirmed', `salt: not confirmed by the salt-${bus}: ${says}`);
}

/** Hears the master's bus where it is visible from here; else the reason why not. */
async function listenToMaster(
	{ settings, surroundings, stop }: Job,
	events: readonly Outgoing[],
	minion: Sockets,
): Promise<Echoes | Failure> {
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
		await listen(await socketsOf(place, surroundings.files), echoes, {}, stop);
		return echoes;
	} catch (thrown) {
		return thrown instanceof Failure ? thrown : new Failure('unreachable', reasonOf(thrown));
	}
}
