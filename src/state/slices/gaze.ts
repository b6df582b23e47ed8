import { gazeKey } from '../card.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** Since when the card on the screen has stood still. What the model shows anew makes it void by itself. */
export function gaze(model: Model, message: Message): Model {
	switch (message.type) {
		case 'card.shown':
			return message.key === gazeKey(model) ? shown(model, message) : model;
		case 'key.refused':
		case 'approved':
			return model.gaze ? { ...model, gaze: { ...model.gaze, since: model.now } } : model;
		default:
			return model;
	}
}

function shown(
	model: Model,
	{ key, isWhole, at }: Extract<Message, { type: 'card.shown' }>,
): Model {
	return { ...model, now: Math.max(model.now, at), gaze: { key, isWhole, since: at } };
}
