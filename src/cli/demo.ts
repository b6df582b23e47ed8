import { rmSync } from 'node:fs';
import { pause, systemClock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import { labHost } from '../lab/host-client.ts';
import { type Lab, openLab } from '../lab/lab.ts';
import { findNatsServer } from '../lab/nats-server.ts';
import type { GlobalOptions, Io, Verb } from './io.ts';
import { ownServers } from './surroundings.ts';

const noNats = 'no nats-server in .servers/bin or on PATH: the story goes without NATS\n';
/** Nobody watches the pauses of a story that goes into a pipe. */
const speedIntoPipe = 20;
/** About four minutes: an attack nobody answers ends with them. */
const patienceAtScreen = 240;
const patienceIntoPipe = 3;
/** Long enough to read what the lockdown waits for. */
const loginMs = 6000;
/** What was told last is still on its way through the buses. */
const lastWordsMs = 500;

/** The lab with the console on it; without a terminal, its events as lines until the story has been told once. */
export async function run(
	words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	const natsServer = findNatsServer([ownServers], io.env['PATH']);
	if (!natsServer && !options.quiet) io.stderr.write(noNats);
	const lab = await openLab(systemClock, natsServer);
	const sweep = () => rmSync(lab.folder, { recursive: true, force: true });
	process.once('exit', sweep);
	try {
		return await play(lab, words, options, io);
	} finally {
		await lab.close();
		process.off('exit', sweep);
	}
}

/** The story ends with the console, and where it is told once the console ends with the story. */
async function play(
	lab: Lab,
	words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	const curtain = new AbortController();
	const end = () => curtain.abort();
	const stop = AbortSignal.any([io.stop, curtain.signal]);
	const board = new CaptionBoard();
	confirmLockdowns(lab, board, stop);
	const telling = io.stdout.isTTY
		? tellAgainAndAgain(lab, board, stop)
		: tellOnce(lab, board, stop);
	telling.then(end, end);
	try {
		const { run: show }: Verb = await import('./console.ts');
		const { config, kubeconfig } = lab.files;
		const asLab = {
			...options,
			config: options.config ?? config,
			source: lab.sources,
			word: 'LAB',
			captions: board.hang,
		};
		// What is typed here says nothing to a console on real buses, and what is approved here reaches no real cluster.
		const own = { XDG_STATE_HOME: lab.folder, XDG_DATA_HOME: lab.folder, KUBECONFIG: kubeconfig };
		const env = { ...io.env, ...own };
		return await show(words, asLab, { ...io, env, stop });
	} finally {
		end();
		await telling;
	}
}

/** Whoever sits at the bastion logs in anew, as a person would to keep a lockdown. */
function confirmLockdowns(lab: Lab, board: CaptionBoard, stop: AbortSignal): void {
	lab.onLockdown = async (name, run) => {
		board.write(`${name} is closed · a new login from the bastion confirms it · b opens it`);
		await pause(systemClock, loginMs, stop);
		if (stop.aborted) return;
		try {
			const { confirmLockdown } = await import('../actions/confirm-lockdown.ts');
			const host = labHost(lab.hostDoor, name);
			const by = await confirmLockdown(run, lab.logIn(name), host, stop);
			board.write(`${name} stays closed: the login from ${by} came in · b opens it again`);
		} catch (thrown) {
			board.write(`${run}: ${reasonOf(thrown)}`);
		}
	};
}

/** Holds the caption of the act until there is a screen to show it. */
class CaptionBoard {
	#caption = '';
	#show: (caption: string) => void = () => {};

	readonly write = (caption: string): void => {
		this.#caption = caption;
		this.#show(caption);
	};

	readonly hang = (show: (caption: string) => void): void => {
		this.#show = show;
		show(this.#caption);
	};
}

async function tellAgainAndAgain(lab: Lab, board: CaptionBoard, stop: AbortSignal): Promise<void> {
	const pace = { speed: 1, patience: patienceAtScreen, onCaption: board.write };
	while (!stop.aborted) await lab.tell(pace, stop);
}

async function tellOnce(lab: Lab, board: CaptionBoard, stop: AbortSignal): Promise<void> {
	const pace = { speed: speedIntoPipe, patience: patienceIntoPipe, onCaption: board.write };
	await lab.tell(pace, stop);
	await pause(systemClock, lastWordsMs, stop);
}
