import { Tokenizer } from '../../components/input/tokenizer.ts';
import type { Stroke, Token } from '../../src/core/stroke.ts';
import { keyboardOf } from '../../src/keys/keyboard.ts';
import type { Keymap } from '../../src/keys/keymap.ts';
import { listen } from '../../src/keys/listen.ts';
import { loadKeymap } from '../../src/keys/load.ts';
import type { Effect } from '../../src/state/effect.ts';
import type { Message } from '../../src/state/message.ts';
import type { Model } from '../../src/state/model.ts';
import { newStore } from '../../src/state/store.ts';
import { aModelWith } from './a-model.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export type TestKeyboard = {
	readonly model: Model;
	readonly effects: readonly Effect[];
	readonly clock: FakeClock;
	/** What the operator was told last. */
	readonly notice: string | undefined;
	/** A person's keys: each alone, half a second apart. */
	press(...strokes: readonly Stroke[]): void;
	/** Text typed by a person. */
	type(text: string): void;
	/** A token as the terminal's input gives it, now. */
	hear(token: WithoutTime): void;
	/** Bytes from the terminal, one read. */
	feed(bytes: Uint8Array): void;
	tell(...messages: readonly Message[]): void;
};

export type WithoutTime = Token extends infer T ? (T extends Token ? Omit<T, 'at'> : never) : never;

/** A console with real keys, real commands and a clock that stands still between them. */
export function aKeyboard(
	model: Model = aModelWith(),
	keymap: Keymap = loadKeymap(),
): TestKeyboard {
	const effects: Effect[] = [];
	const clock = fakeClock();
	const store = newStore(model, (effect) => effects.push(effect));
	const listener = listen(keyboardOf(keymap), store, clock);
	const hear = (token: WithoutTime) => listener.hear({ ...token, at: clock.now() } as Token);
	const tokenizer = new Tokenizer(clock, (token) => listener.hear(token));
	const press = (stroke: Stroke) => {
		hear(keyToken(stroke));
		clock.advance(500);
	};
	return {
		get model() {
			return store.getModel();
		},
		get notice() {
			return store.getModel().notices.at(-1)?.text;
		},
		effects,
		clock,
		press: (...strokes) => strokes.forEach(press),
		type: (text) => {
			for (const letter of text) press(letter === ' ' ? 'space' : letter);
		},
		hear,
		feed: (bytes) => tokenizer.feed(bytes),
		tell: (...messages) => messages.forEach(store.dispatch),
	};
}

/** A key that came alone, or with others of its read. */
export function keyToken(stroke: Stroke, isAlone = true): Omit<Token & { kind: 'key' }, 'at'> {
	const text = stroke === 'space' ? ' ' : stroke;
	const isText = [...text].length === 1;
	return { kind: 'key', stroke, isAlone, ...(isText && { text }) };
}
