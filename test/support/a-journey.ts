import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../components/open.tsx';
import { TerminalOutput } from '../../components/terminal/terminal-output.ts';
import { offers } from '../../src/commands/registry.ts';
import type { FromEngine, Row, ToEngine } from '../../src/core/session.ts';
import type { Stroke, Token } from '../../src/core/stroke.ts';
import { holdMs } from '../../src/keys/guard.ts';
import { keyboardOf } from '../../src/keys/keyboard.ts';
import { boundCommands } from '../../src/keys/keymap.ts';
import { listen } from '../../src/keys/listen.ts';
import { loadKeymap } from '../../src/keys/load.ts';
import { screenKeys } from '../../src/keys/screen-keys.ts';
import type { Effect } from '../../src/state/effect.ts';
import { keepTime } from '../../src/state/keep-time.ts';
import type { Message } from '../../src/state/message.ts';
import { startModel } from '../../src/state/start.ts';
import { newStore } from '../../src/state/store.ts';
import { keyToken, type WithoutTime } from './a-keyboard.ts';
import { storyCounts, storyRows } from './a-story.ts';
import { ATerminal } from './a-terminal.ts';
import { fakeClock } from './fake-clock.ts';
import { anEvent, storyTime } from './rows.ts';
import { ToyEngine } from './toy-engine.ts';
import type { ToyResponder } from './toy-responder.ts';

/** An operator before the real screen, the real keys and an engine that answers at once. */
export type Journey = {
	/** Keys by the commands they give, each alone. */
	press(...commands: readonly string[]): Promise<void>;
	/** Text, letter by letter. */
	type(text: string): Promise<void>;
	/** So many events more, and what they are about. */
	arrive(count: number, of?: Parameters<typeof anEvent>[0]): Promise<void>;
	happens(...messages: readonly Message[]): Promise<void>;
	/** Time passes with no key pressed. */
	waits(ms: number): Promise<void>;
	/** Tokens as the terminal's input gives them, now, whatever a person would press. */
	hears(...tokens: readonly WithoutTime[]): Promise<void>;
	/** What the engine knows of approvals and runs. */
	readonly responder: ToyResponder;
	/** The screen holds all of these. */
	shows(...texts: readonly string[]): void;
	hides(...texts: readonly string[]): void;
	/** The line the hand is on. */
	readonly underHand: string;
	/** What was asked of the engine, the newest last. */
	asked<Type extends ToEngine['type']>(type: Type): readonly Extract<ToEngine, { type: Type }>[];
	readonly effects: readonly Effect[];
};

/** A story of an operator's hand; where it fails, the frame is in the message. */
export function journey(name: string, tell: (console: Journey) => Promise<void>): void {
	test(name, async () => {
		const console = await begun();
		try {
			await tell(console);
		} finally {
			await console.end();
		}
	});
}

const size = { columns: 100, rows: 30 };

async function begun(): Promise<Journey & { end(): Promise<unknown> }> {
	const keymap = loadKeymap();
	const clock = fakeClock(storyTime + 24_000);
	const terminal = new ATerminal(size);
	const engine = new ToyEngine(saysAll);
	engine.rows.push(...storyRows);
	const effects: Effect[] = [];
	const store = newStore(firstModel(clock.now()), (effect) => {
		effects.push(effect);
		if (effect.type === 'engine') hear(engine.answer(effect.message));
	});
	const hear = (answers: readonly FromEngine[]) => answers.forEach(store.dispatch);
	const listener = listen(keyboardOf(keymap), store, clock);
	const stdout = new TerminalOutput(terminal, clock);
	const keys = screenKeys(keymap);
	const screen = open({ store, keys, theme: 'plain', isAscii: false, clock, stdout });
	const stopTime = keepTime(store, clock);
	store.dispatch(storyCounts);

	const drawn = async () => {
		await screen.waitUntilFlush();
		await terminal.drawn();
	};
	const pressed = async (strokes: readonly Stroke[]) => {
		for (const stroke of strokes) {
			listener.hear({ ...keyToken(stroke), at: clock.now() } as Token);
			// A key that acts is held for a moment; then the screen shows what came of it for half a second.
			clock.advance(holdMs);
			await drawn();
			clock.advance(500 - holdMs);
			await drawn();
		}
	};
	const strokesOf = (command: string) => {
		const found = boundCommands(keymap).find(({ id }) => id === command);
		return found?.strokes ?? assert.fail(`no key gives ${command}`);
	};
	await drawn();
	return {
		press: (...commands) => pressed(commands.flatMap(strokesOf)),
		type: (text) => pressed(Array.from(text, (letter) => (letter === ' ' ? 'space' : letter))),
		async arrive(count, of = {}) {
			for (let at = 0; at < count; at += 1) {
				engine.rows.push(anEvent({ ...of, seq: engine.rows.length + 1 }));
			}
			hear(engine.window());
			await drawn();
		},
		async happens(...messages) {
			messages.forEach(store.dispatch);
			await drawn();
		},
		async waits(ms) {
			for (let left = ms; left > 0; left -= 100) {
				clock.advance(Math.min(left, 100));
				await drawn();
			}
		},
		async hears(...tokens) {
			for (const token of tokens) listener.hear({ ...token, at: clock.now() } as Token);
			await drawn();
		},
		responder: engine.responder,
		shows(...texts) {
			for (const text of texts)
				assert.ok(terminal.text.includes(text), `${text}\n${terminal.text}`);
		},
		hides(...texts) {
			for (const text of texts)
				assert.ok(!terminal.text.includes(text), `${text}\n${terminal.text}`);
		},
		get underHand() {
			return terminal.inverted.find((line) => line.startsWith('›')) ?? '';
		},
		asked: <Type extends ToEngine['type']>(type: Type) =>
			engine.received.filter(
				(message): message is Extract<ToEngine, { type: Type }> => message.type === type,
			),
		effects,
		end() {
			listener.stop();
			stopTime();
			screen.unmount();
			return screen.waitUntilExit();
		},
	};
}

function firstModel(now: number) {
	const identity = { operator: 'olga', host: 'bastion', isReadOnly: false, isOnly: false };
	return startModel({ now, size, identity, timeFormat: 'utc', filter: '', offers });
}

/** A filter's words, each somewhere in the row. */
function saysAll(row: Row, filter: string): boolean {
	const text = row.kind === 'event' ? `${row.tag} ${row.facts.who} ${row.facts.summary}` : '';
	return filter
		.split(' ')
		.filter((word) => word !== '')
		.every((word) => text.includes(word));
}
