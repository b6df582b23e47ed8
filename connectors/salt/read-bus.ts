import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Failure, reasonOf, systemCode } from '../../src/core/errors.ts';
import { Frames } from '../wire/frames.ts';
import { type Ending, keepOpen, type Progress } from '../wire/keep-open.ts';
import { drain, type Reader, type SocketEnd } from '../wire/unix-socket.ts';
import { watchPath } from '../wire/watch-path.ts';
import type { Files } from './files.ts';
import { Hearing, type Manner } from './manner.ts';
import { refusal } from './refusal.ts';
import type { SaltSettings } from './settings.ts';
import { type Sockets, socketsOf } from './sockets.ts';
import { readZeromqBus } from './zeromq-bus.ts';

export type Surroundings = { readonly clock: Clock; readonly files: Files };

/** Reads a bus until `stop` aborts, through every restart of its daemon. */
export async function readBus(
	settings: SaltSettings,
	sink: Sink,
	{ clock, files }: Surroundings,
	stop: AbortSignal,
): Promise<void> {
	const { manner } = settings;
	let path: string | undefined;
	const connect = async (progress: Progress): Promise<Ending> => {
		try {
			const sockets = await socketsOf(settings, files);
			path = 'path' in sockets.pub ? sockets.pub.path : undefined;
			if (!manner.isZeromq) {
				const end = await readOnce(sockets, sink, manner, progress, stop);
				if (!manner.isZeromq) return end;
			}
			await readZeromqBus(sockets, sink, manner, clock, stop);
			return { reason: 'stopped' };
		} catch (thrown) {
			// A package that is missing will be missing again: another try would only start another process.
			if (manner.isZeromq && thrown instanceof Failure && thrown.code === 'config') throw thrown;
			return { reason: reasonOf(thrown) };
		}
	};
	const watch = (changed: () => void) => (path ? watchPath(path, changed) : () => {});
	await keepOpen({ connect, watch, sink, clock }, stop);
}

/** One connection, from its opening to its end. Throws a Failure where it cannot be opened. */
async function readOnce(
	{ bus, pub }: Sockets,
	sink: Sink,
	manner: Manner,
	{ opened, speaks }: Progress,
	stop: AbortSignal,
): Promise<Ending> {
	const frames = new Frames(new Hearing(sink, manner));
	const { room, took } = learning(frames, manner);
	const reader = {
		room,
		took(count: number) {
			speaks();
			return took(count);
		},
	};
	const end = await drain(pub, reader, opened, stop);
	if (end.kind === 'refused') throw await refusal(pub, bus, end.error);
	if (end.kind === 'closed') frames.end();
	return endingOf(end, `the salt-${bus}`);
}

/** A reader that notes in which way the bus speaks. */
export function learning(frames: Frames, manner: Manner): Reader {
	return {
		room: () => frames.room(),
		took(count) {
			const isSound = frames.took(count);
			if (frames.isZeromq) manner.isZeromq = true;
			else if (frames.form !== undefined) manner.reads = frames.form;
			return isSound;
		},
	};
}

function endingOf(end: SocketEnd, who: string): Ending {
	if (end.kind === 'given-up') {
		return { reason: `${who} sent bytes that are no frames: a new connection begins anew` };
	}
	const code = end.kind === 'closed' ? systemCode(end.error) : undefined;
	const how = code === undefined ? '' : ` (${code})`;
	return {
		reason: `${who} closed the connection${how}: it stopped`,
		ifTakenAtOnce: `${who} closed the connection${how} and took a new one at once: we had fallen too far behind`,
	};
}
