import { Failure } from '../../src/core/errors.ts';
import { type FrameForm, framed } from '../wire/frames.ts';
import { writeEnvelope } from '../wire/salt-envelope.ts';
import { addressText, sendTo } from '../wire/unix-socket.ts';
import { sameBytes } from './awaited.ts';
import { Echoes, listen } from './echo.ts';
import { formsToTry } from './manner.ts';
import type { Message } from './outgoing.ts';
import type { Surroundings } from './read-bus.ts';
import { refusal } from './refusal.ts';
import type { SaltSettings } from './settings.ts';
import type { Sockets } from './sockets.ts';
import { sendZeromq } from './zeromq-bus.ts';

/** How long an echo is waited for. */
export const patienceMs = 5000;
/**
 * How long that of the likelier form is, before the other is tried. No daemon can read both forms, so that
 * trying the other one soon never makes an event appear twice.
 */
const firstPatienceMs = 500;

const formWords = { bare: 'bare frames', length: 'length-prefixed frames' } as const;

/** One fire: its bus, and the end of everything that was opened for it. */
export type Job = {
	readonly settings: SaltSettings;
	readonly surroundings: Surroundings;
	readonly stop: AbortSignal;
};

/** Writes the messages and awaits their echo; resolves with the way in which the bus took them. */
export async function deliver(
	job: Job,
	sockets: Sockets,
	messages: readonly Message[],
): Promise<string> {
	const { manner } = job.settings;
	if (!manner.isZeromq) {
		const form = await deliverFrames(job, sockets, messages);
		if (form !== undefined) return formWords[form];
	}
	await deliverZeromq(job, sockets, messages);
	return 'ZeroMQ';
}

/** Tries the likelier form, and on a new connection the other; undefined where it is no bus of frames. */
async function deliverFrames(
	{ settings: { manner }, surroundings, stop }: Job,
	sockets: Sockets,
	messages: readonly Message[],
): Promise<FrameForm | undefined> {
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
		if (manner.isZeromq) return undefined;
		if (echoes.missing === 0) {
			manner.writes = form;
			return form;
		}
		if (echoes.missing < messages.length || stop.aborted) break;
	}
	throw unconfirmed(sockets, messages.length, echoes.missing, stop);
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

async function deliverZeromq(
	{ settings: { manner }, surroundings, stop }: Job,
	sockets: Sockets,
	messages: readonly Message[],
): Promise<void> {
	const echoes = new Echoes(messages.map(sameBytes), surroundings.clock);
	await listen(sockets, echoes, manner, stop);
	await sendZeromq(sockets, messages, manner, stop);
	await echoes.settle(patienceMs, stop);
	if (echoes.missing > 0) throw unconfirmed(sockets, messages.length, echoes.missing, stop);
}

function unconfirmed(
	{ bus, pull }: Sockets,
	count: number,
	missing: number,
	stop: AbortSignal,
): Failure {
	const back = missing === count ? 'nothing' : `only ${count - missing} of ${count}`;
	const when = stop.aborted ? 'before it was stopped' : `within ${patienceMs / 1000} s`;
	return new Failure(
		'not-confirmed',
		`salt: not confirmed: sent to ${addressText(pull)}, and ${back} came back on the ${bus} bus ${when}`,
	);
}
