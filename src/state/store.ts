import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { update } from './update.ts';

/** The one place where the model changes. */
export type Store = {
	getModel(): Model;
	/** Calls `listener` after each change; the returned function ends that. */
	subscribe(listener: () => void): () => void;
	dispatch(message: Message): void;
};

/** A store over `model`; effects go to `run` once the model they follow from stands. */
export function newStore(model: Model, run: (effect: Effect) => void): Store {
	let current = model;
	const listeners = new Set<() => void>();
	return {
		getModel: () => current,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		dispatch(message) {
			const before = current;
			const step = update(before, message);
			current = step.model;
			if (current !== before) for (const listener of listeners) listener();
			for (const effect of step.effects) run(effect);
		},
	};
}
