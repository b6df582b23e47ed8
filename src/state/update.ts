import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';

export type Step = { readonly model: Model; readonly effects: readonly Effect[] };

/** The model after a fact, and what follows from it for the outside. */
export function update(model: Model, _message: Message): Step {
	return { model, effects: [] };
}
