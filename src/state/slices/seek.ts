import type { Seek } from '../list-state.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { withNotice } from './notices.ts';

/** The search for one row: next error, next hit, a moment in time. The list jumps by itself when it is found. */
export function seek(model: Model, message: Message): Model {
	switch (message.type) {
		case 'row.sought': {
			const { type: _, ...sought } = message;
			return begun(model, sought);
		}
		case 'found':
			return message.id === model.seek?.id ? answered(model, model.seek, message.seq) : model;
		case 'find.changed':
			return { ...model, find: message.filter };
		default:
			return model;
	}
}

function begun(model: Model, sought: Omit<Seek, 'id'>): Model {
	const id = model.requests + 1;
	return { ...model, requests: id, seek: { ...sought, id } };
}

function answered(model: Model, seek: Seek, seq: number | undefined): Model {
	const { seek: _, ...rest } = model;
	if (seq !== undefined) return rest;
	const { retry, id: __, ...sought } = seek;
	if (retry === undefined) return withNotice(rest, 'warn', `no ${seek.what}`);
	return begun(rest, { ...sought, towards: retry });
}
