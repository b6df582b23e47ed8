import type { Clock } from '../core/clock.ts';
import type { Token } from '../core/stroke.ts';
import { isNameTyped, isTyping, topOverlay } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import { deafMs, graceSpan } from '../state/slices/consent.ts';
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
	const hint = (text: string) =>
		tell([{ type: 'noticed', tone: 'warn', text }, { type: 'key.refused' }]);

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
		const isName = isNameTyped(model);
		const step = judged(guard, token, { tier, isInField: isTyping(model) && !isName });
		guard = step.guard;
		if (isName && !token.isAlone) return hint('the name is typed key by key');
		if (step.verdict.kind === 'hold') hold(token);
		else if (step.verdict.kind === 'pass') act(token);
		else if (step.verdict.says !== undefined) hint(step.verdict.says);
		else tell([{ type: 'key.refused' }]);
	};
	/** A grace bar is deaf at first but for Esc; then one lone key hastens it, and whatever else comes stops it. */
	const hearInGrace = (token: Token) => {
		const isEsc = token.kind === 'key' && token.stroke === 'esc';
		const isDeaf = (graceSpan(store.getModel()) ?? 0) < deafMs;
		const isPartOfMore = wasInterrupted();
		const before = guard;
		guard = heard(guard, token);
		if (isDeaf && !isEsc) return;
		const isNow =
			token.kind === 'key' && !isPartOfMore && tierOf(keyboard, store.getModel(), token) > 0;
		const aim = { tier: 2, isInField: false } as const;
		if (isNow && judged(before, token, aim).verdict.kind === 'hold') hold(token);
		else tell([{ type: 'grace.cancelled' }]);
	};
	const hearElsewhere = (token: Token) => {
		const isPartOfMore = wasInterrupted();
		if (token.kind === 'key' && !isPartOfMore) return hearKey(token);
		guard = heard(guard, token);
		if (isPartOfMore || token.kind === 'key') return;
		tell([{ type: 'key.refused' }]);
		if (token.kind === 'paste') tell(pasted(store.getModel(), token.text));
	};
	return {
		hear(token) {
			// What a key may do depends on how long the screen has shown what it would do.
			store.dispatch({ type: 'time.passed', now: clock.now() });
			const focus = token.kind === 'reply' ? token.focus : undefined;
			if (focus) store.dispatch({ type: 'attended', focus });
			else if (token.kind === 'key' || token.kind === 'paste') store.dispatch({ type: 'attended' });
			if (topOverlay(store.getModel())?.kind === 'grace') hearInGrace(token);
			else hearElsewhere(token);
		},
		stop() {
			letGo?.();
			letGo = undefined;
		},
	};
}
