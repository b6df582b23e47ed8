import { PassThrough } from 'node:stream';
import chalk from 'chalk';
import { render, type SuspendTerminal } from 'ink';
import type { Clock } from '../src/core/clock.ts';
import type { ScreenKeys } from '../src/keys/screen-keys.ts';
import type { Store } from '../src/state/store.ts';
import { App } from './App.tsx';
import { keepGaze } from './gaze.ts';
import { KeysContext } from './hooks/useKeys.ts';
import { StoreContext } from './hooks/useModel.ts';
import { Lender } from './primitives/Lender.tsx';
import { LookContext } from './theme/look-context.ts';
import { type ThemeName, themes } from './theme/themes.ts';
import { keepSizes } from './wishes.ts';

export type ScreenOptions = {
	readonly store: Store;
	readonly keys: ScreenKeys;
	readonly theme: ThemeName;
	readonly isAscii: boolean;
	/** Tells when a frame was written. */
	readonly clock: Clock;
	/** The terminal, behind the filter of its bytes. */
	readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
};

export type Screen = {
	/** Gives the terminal back; `waitUntilExit` resolves when that is done. */
	unmount(): void;
	waitUntilExit(): Promise<unknown>;
	/** Resolves when all that was drawn so far is written. */
	waitUntilFlush(): Promise<void>;
	/** Lends the terminal to somebody else until the returned function is called. */
	lend(): Promise<() => Promise<void>>;
	/** What stands where notices come, while there are none: the lab's word on what to try. */
	showCaption(text: string): void;
	/** Draws every cell anew, whatever is on the terminal. */
	repaint(): void;
};

/** Draws the store's model on the terminal, now and after every change, until it is unmounted. */
export function open({ store, keys, theme, isAscii, clock, stdout }: ScreenOptions): Screen {
	// Without any colour level chalk drops weight and inversion as well, and the selection with them.
	if (chalk.level === 0) chalk.level = 1;
	let caption = '';
	let suspend: SuspendTerminal | undefined;
	const keep = (how: SuspendTerminal) => {
		suspend = how;
	};
	const tree = () => (
		<LookContext value={{ theme: themes[theme], isAscii }}>
			<KeysContext value={keys}>
				<StoreContext value={store}>
					<App caption={caption} />
					<Lender onReady={keep} />
				</StoreContext>
			</KeysContext>
		</LookContext>
	);
	const forgetSizes = keepSizes(store);
	const instance = render(tree(), {
		stdout,
		stdin: new PassThrough(),
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: 60,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: stdout.isTTY === true,
	});
	const forgetGaze = keepGaze(store, () => instance.waitUntilRenderFlush(), clock);
	return {
		unmount() {
			forgetSizes();
			forgetGaze();
			instance.unmount();
		},
		waitUntilExit: () => instance.waitUntilExit(),
		waitUntilFlush: () => instance.waitUntilRenderFlush(),
		async lend() {
			const suspension = await suspend?.();
			return async () => suspension?.resume();
		},
		showCaption(text) {
			caption = text;
			instance.rerender(tree());
		},
		repaint() {
			stdout.write(homeAndErase);
			instance.clear();
			instance.rerender(tree());
		},
	};
}

/** Ink moves relative to where it left the cursor: whoever disturbed the screen has moved that too. */
const homeAndErase = '\x1b[H\x1b[J';
