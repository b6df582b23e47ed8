import type { Clock } from '../core/clock.ts';
import type { Token } from '../core/stroke.ts';
import { isTyping } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Store } from '../state/store.ts';
import { heard, holdMs, judged, newGuard } from './guard.ts';
import { type Key, type Keyboard, pasted, press, tierOf } from './press.ts';

export type Listener = {
	/** The next token from the terminal. */
	hear(token: Token): void;
	/** Forgets a key that is held. */
	stop(): void;
};

/** Turns what the terminal sends into messages: every token passes the guard, every key asks the keymap. */
export function listen(keyboard: Keyboard, store: Store, clock: Clock): Listener {
	let guard = newGuard;
	let letGo: (() => void) | undefined;

	const tell = (messages: readonly Message[]) => {
		for (const message of messages) store.dispatch(message);
	};
	const act = (key: Key) => tell(press(keyboard, store.getModel(), key));
	const hint = (text: string) => tell([{ type: 'noticed', tone: 'warn', text }]);

	/** A held key was not alone: neither it nor what came with it counts. */
	const wasInterrupted = () => {
		if (!letGo) return false;
		letGo();
		letGo = undefined;
		hint('that came with other input: press it again, alone');
		return true;
	};
	const hold = (key: Key) => {
		letGo = clock.after(holdMs, () => {
			letGo = undefined;
			act(key);
		});
	};
	const hearKey = (token: Extract<Token, { kind: 'key' }>) => {
		const model = store.getModel();
		const tier = tierOf(keyboard, model, token);
		const step = judged(guard, token, { tier, isInField: isTyping(model) });
		guard = step.guard;
		if (step.verdict.kind === 'hold') hold(token);
		else if (step.verdict.kind === 'pass') act(token);
		else if (step.verdict.says !== undefined) hint(step.verdict.says);
	};
	return {
		hear(token) {
			const isPartOfMore = wasInterrupted();
			if (token.kind === 'key' && !isPartOfMore) return hearKey(token);
			guard = heard(guard, token);
			if (isPartOfMore) return;
			if (token.kind === 'paste') tell(pasted(store.getModel(), token.text));
		},
		stop() {
			letGo?.();
			letGo = undefined;
		},
	};
}
