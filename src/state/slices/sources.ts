import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** The cursor of the sources screen: a source by its name. */
export function sources(model: Model, message: Message): Model {
	if (focusOf(model) !== 'sources') return model;
	switch (message.type) {
		case 'cursor.moved':
			return moved(model, message.by);
		case 'cursor.paged':
			return moved(model, Math.trunc(message.by * model.size.rows));
		case 'cursor.sent':
			return moved(model, message.to === 'first' ? -Infinity : Infinity);
		default:
			return model;
	}
}

/** The line of the source under the cursor, from 0; -1 where there is none. */
export function sourceLine(model: Model): number {
	const all = model.counts?.sources ?? [];
	const line = all.findIndex(({ name }) => name === model.source);
	return line < 0 && all.length > 0 ? 0 : line;
}

function moved(model: Model, by: number): Model {
	const all = model.counts?.sources ?? [];
	const line = Math.max(0, Math.min(sourceLine(model) + by, all.length - 1));
	const source = all[line];
	return source ? { ...model, source: source.name } : model;
}
