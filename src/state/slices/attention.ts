import type { Attention } from '../attention.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** Whether somebody sits before the screen: a key says so too. */
export function attention(model: Model, message: Message): Model {
	if (message.type !== 'attended') return model;
	const { focus } = model.attention;
	const next: Attention['focus'] = message.focus ?? (focus === 'lost' ? 'gained' : focus);
	const at = next === 'lost' ? model.attention.at : model.now;
	return { ...model, attention: { ...model.attention, focus: next, at } };
}
