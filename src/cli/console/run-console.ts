import { hostname, userInfo } from 'node:os';
import { keyStream } from '../../../components/input/keyboard-input.ts';
import { open, type Screen } from '../../../components/open.tsx';
import { Terminal } from '../../../components/terminal/terminal.ts';
import type { ThemeName } from '../../../components/theme/themes.ts';
import { commands, offers } from '../../commands/registry.ts';
import type { Clock } from '../../core/clock.ts';
import { failures, reasonOf } from '../../core/errors.ts';
import { safeText } from '../../core/safe-text.ts';
import { keyboardOf } from '../../keys/keyboard.ts';
import { listen } from '../../keys/listen.ts';
import { problems } from '../../keys/problems.ts';
import { screenKeys } from '../../keys/screen-keys.ts';
import type { Effect } from '../../state/effect.ts';
import { keepTime } from '../../state/keep-time.ts';
import type { Model, Size } from '../../state/model.ts';
import { startModel } from '../../state/start.ts';
import { newStore, type Store } from '../../state/store.ts';
import type { ConsoleOptions } from '../console.ts';
import type { ConsoleSettings, EnginePort } from '../engine-port.ts';
import type { Io } from '../io.ts';
import { inTurns } from './in-turns.ts';
import { lastLines } from './last-lines.ts';
import { recall } from './memory.ts';
import { runner } from './run-effect.ts';
import { userKeymap } from './user-keys.ts';

export type ConsoleSetup = {
	readonly engine: EnginePort;
	readonly settings: ConsoleSettings;
	readonly words: readonly string[];
	readonly options: ConsoleOptions;
	readonly io: Io;
	readonly clock: Clock;
};

const tickMs = 1000;
/** Windows a second: what a screen takes, and what a slow link does. */
const [fullPace, slowPace] = [10, 5] as const;
const lostTerminal = 129;

/** Shows the console until it is left, and resolves with its exit code. */
export async function runConsole(setup: ConsoleSetup): Promise<number> {
	const { engine, settings, options, io, clock } = setup;
	const { stdout } = process;
	const keymap = await userKeymap(settings.keymap, io.env);
	const { promise: left, resolve: leave } = Promise.withResolvers<number>();
	const effects: Effect[] = [];
	let run = (effect: Effect): void => void effects.push(effect);
	const store = newStore(await firstModel(setup, sizeOf(stdout)), (effect) => run(effect));
	await takeView(setup, store);
	const listener = listen(keyboardOf(keymap), store, clock);
	const terminal = new Terminal({
		keys: keyStream(process.stdin),
		stdout,
		clock,
		process,
		onToken: listener.hear,
		onLost: () => leave(lostTerminal),
		onStop: () => store.dispatch({ type: 'console.suspended' }),
	});
	const screen = open({
		store,
		keys: screenKeys(keymap),
		theme: themeOf(options, io.env),
		isAscii: settings.ascii,
		clock,
		stdout: terminal.output,
	});
	try {
		// Drawn while the sources are checked: where one cannot be, nothing of it is seen.
		await engine.ready;
	} catch (error) {
		terminal.output.destroy();
		screen.unmount();
		throw error;
	}
	terminal.take();
	options.captions?.(screen.showCaption);
	const { alert } = settings;
	run = runner({ engine, store, screen, terminal, alert, env: io.env, leave });
	for (const effect of effects.splice(0)) run(effect);
	const stopWatching = watch(store, terminal, screen, clock);
	io.stop.addEventListener('abort', () => leave(0), { once: true });
	let death: string | undefined;
	const dies = (part: string) => (error: unknown) => {
		death ??= `the ${part} ended: ${reasonOf(error)}`;
		leave(failures.internal.exit);
	};
	engine.onDeath(dies('engine'));
	const screenEnded = screen.waitUntilExit().catch(dies('screen'));
	engine.listen(inTurns((message) => store.dispatch(message)));
	for (const { text } of problems(keymap, commands)) {
		store.dispatch({ type: 'noticed', tone: 'warn', text });
	}
	try {
		return await left;
	} finally {
		// Nobody looks any more: what waits for a last look does not run.
		store.dispatch({ type: 'terminal.lost' });
		stopWatching();
		listener.stop();
		screen.unmount();
		await screenEnded;
		terminal.giveBack();
		for (const line of lastLines(store.getModel())) io.stderr.write(`${line}\n`);
		if (death) io.stderr.write(`eventctl: ${safeText(death)}\n`);
	}
}

/** The model to begin with: the words' filter or the last one, what was typed before, who looks at what. */
async function firstModel(setup: ConsoleSetup, size: Size): Promise<Model> {
	const { settings, words, options, io, clock } = setup;
	const memory = await recall(io.env);
	const filter = words.length > 0 ? words.join(' ') : memory.filter;
	const profile = settings.profile ?? options.word;
	return startModel({
		now: clock.now(),
		size,
		identity: {
			...(profile === undefined ? {} : { profile }),
			operator: userInfo().username,
			host: hostname(),
			isReadOnly: settings.readOnly,
			isOnly: options.only === true,
		},
		isAscii: settings.ascii,
		...(filter === undefined ? {} : { filter }),
		histories: memory.histories,
		offers,
	});
}

/** `--view`: what is saved under that name, and the words beside it. */
async function takeView({ options, words, io }: ConsoleSetup, store: Store): Promise<void> {
	if (options.view === undefined) return;
	const { savedView } = await import('./views.ts');
	const view = await savedView(options.view, io.env);
	const filter = [view.filter, ...words].join(' ').trim();
	store.dispatch({ type: 'view.taken', view: { ...view, filter } });
}

/** Tells the model of time, of the terminal's size and pace; the returned function ends that. */
function watch(store: Store, terminal: Terminal, screen: Screen, clock: Clock): () => void {
	let pace: number = fullPace;
	const stopTime = keepTime(store, clock);
	const tick = () => {
		const next = terminal.output.pushesBack ? slowPace : fullPace;
		if (next !== pace) store.dispatch({ type: 'terminal.paced', windowsPerSecond: next });
		pace = next;
		cancel = clock.after(tickMs, tick);
	};
	let cancel = clock.after(tickMs, tick);
	const resized = () => store.dispatch({ type: 'resized', size: sizeOf(terminal.output) });
	const repaint = () => screen.repaint();
	terminal.output.on('resize', resized);
	process.on('SIGUSR2', repaint);
	return () => {
		cancel();
		stopTime();
		terminal.output.off('resize', resized);
		process.off('SIGUSR2', repaint);
	};
}

function sizeOf({ columns = 80, rows = 24 }: { columns?: number; rows?: number }): Size {
	return { columns, rows };
}

/** Colours unless they are unwanted; the light ones where the terminal says that its background is. */
function themeOf({ color }: ConsoleOptions, env: Io['env']): ThemeName {
	if (color === false || env['NO_COLOR']) return 'plain';
	const background = Number(env['COLORFGBG']?.split(';').at(-1) ?? Number.NaN);
	return background === 7 || background === 15 ? 'light' : 'dark';
}
