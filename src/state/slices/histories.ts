import { promptOf } from '../contexts.ts';
import type { Histories, HistoryName } from '../history.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

const most = 200;

/** What was typed before, per field, for `↑` and `^r`. */
export function histories(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.histories ? model : { ...model, histories: next };
}

function changed(model: Model, message: Message): Histories {
	const prompt = promptOf(model);
	if (message.type === 'prompt.kept' && prompt) {
		return remembered(model.histories, prompt.kind, prompt.field.text);
	}
	if (message.type !== 'fire.sent') return model.histories;
	const withTag = remembered(model.histories, 'tag', model.fire.tag.text);
	return remembered(withTag, 'data', model.fire.data.text);
}

/** With `text` as the newest entry, once. */
function remembered(histories: Histories, name: HistoryName, text: string): Histories {
	if (text.trim() === '' || histories[name].at(-1) === text) return histories;
	const others = histories[name].filter((entry) => entry !== text);
	return { ...histories, [name]: [...others, text].slice(-most) };
}
