import type { ToEngine } from '../core/session.ts';
import type { Model } from './model.ts';

/** The same model with a request on its way to the engine; its id is the new `requests`. */
export function requested(model: Model, ask: (id: number) => ToEngine): Model {
	const id = model.requests + 1;
	return sent({ ...model, requests: id }, ask(id));
}

/** The same model with something more to be said to the engine. */
export function sent(model: Model, message: ToEngine): Model {
	return { ...model, outbox: [...model.outbox, message] };
}
