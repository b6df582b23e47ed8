import { completionsAt } from '../complete.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { withNotice } from './notices.ts';
import { withPrompt } from './typing.ts';

/** The saved views there are, and the one that was opened. */
export function views(model: Model, message: Message): Model {
	switch (message.type) {
		case 'views':
			return offered({ ...model, views: message.views });
		case 'view.taken': {
			const { name, time } = message.view;
			const taken = { ...model, timeFormat: time ?? model.timeFormat };
			return withNotice(taken, 'muted', `view ${name}`);
		}
		case 'view.saved': {
			const others = model.views.filter(({ name }) => name !== message.view.name);
			const saved = { ...model, views: [...others, message.view] };
			return withNotice(saved, 'good', `view ${message.view.name} is saved`);
		}
		default:
			return model;
	}
}

/** A prompt that asks for one offers what has come. */
function offered(model: Model): Model {
	return withPrompt(model, (prompt) => {
		const completions = prompt.kind === 'view' ? completionsAt(model, prompt) : prompt.completions;
		return { ...prompt, completions };
	});
}
