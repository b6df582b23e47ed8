import { gazeKey } from '../card.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** Since when the card on the screen has stood still. What the model shows anew makes it void by itself. */
export function gaze(model: Model, message: Message): Model {
	switch (message.type) {
		case 'card.shown':
			return message.key === gazeKey(model)
				? { ...model, gaze: { key: message.key, isWhole: message.isWhole, since: message.at } }
				: model;
		case 'key.refused':
		case 'approved':
			return model.gaze ? { ...model, gaze: { ...model.gaze, since: model.now } } : model;
		default:
			return model;
	}
}
