import { topOverlay } from '../contexts.ts';
import type { FireState } from '../fire-state.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { requested } from '../request.ts';
import { answerTone } from './notices.ts';

/** The fire form's draft and what became of the last fire. */
export function fire(model: Model, message: Message): Model {
	switch (message.type) {
		case 'fire.opened':
			return withFire(model, { ...aimed(model), at: 'tag' });
		case 'fire.moved':
			return withFire(isField(message.to) ? unweighed(model) : model, { at: message.to });
		case 'fire.weighed':
			return weighed(model, message.tag, message.data);
		case 'waking':
			return woken(model, message);
		case 'fire.aimed':
			return withFire(model, { source: message.source, forward: message.forward });
		case 'fire.sent':
			return sent(model, message.tag, message.data);
		case 'fire.answered':
			return answered(model, message);
		case 'tags':
			return tagged(model, message);
		default:
			return model;
	}
}

/** The buses an event can be fired into. */
export function firableSources(model: Model) {
	return model.counts?.sources.filter(({ canFire }) => canFire) ?? [];
}

function isField(stop: FireState['at']): boolean {
	return stop === 'tag' || stop === 'data';
}

function weighed(model: Model, tag: string, data: unknown): Model {
	const { source } = model.fire;
	if (source === undefined) return model;
	const asked = requested(model, (id) => ({ type: 'waking.wanted', id, source, tag, data }));
	return withFire(asked, { waking: { request: asked.requests } });
}

function woken(model: Model, { id, ...answer }: Extract<Message, { type: 'waking' }>): Model {
	const { waking } = model.fire;
	return waking?.request === id ? withFire(model, { waking: { request: id, answer } }) : model;
}

/** What is typed from now on is another event. */
function unweighed(model: Model): Model {
	const { waking: _, ...fire } = model.fire;
	return { ...model, fire };
}

function withFire(model: Model, change: Partial<FireState>): Model {
	return { ...model, fire: { ...model.fire, ...change } };
}

/** The bus aimed at last if it still takes events, else the first that does. */
function aimed(model: Model): Partial<FireState> {
	const sources = firableSources(model);
	const source = sources.find(({ name }) => name === model.fire.source) ?? sources[0];
	return source ? { source: source.name } : {};
}

/** The focus goes back to the fields: the key that sent must not send again by being held. */
function sent(model: Model, tag: string, data: unknown): Model {
	const { source, forward } = model.fire;
	if (source === undefined) return model;
	const id = model.requests + 1;
	const firing = { id, source, forward, event: { tag, data } };
	return withFire({ ...model, requests: id }, { firing, at: 'tag' });
}

function answered(model: Model, answer: Extract<Message, { type: 'fire.answered' }>): Model {
	const { firing } = model.fire;
	if (firing?.id !== answer.id) return model;
	const said = { tone: answerTone(answer), says: answer.says };
	return withFire(model, { firing: { ...firing, answer: said } });
}

function tagged(model: Model, answer: Extract<Message, { type: 'tags' }>): Model {
	const isOurs = answer.id === model.tagQuery?.id && topOverlay(model)?.kind === 'fire';
	return isOurs ? withFire(model, { completions: answer.tags }) : model;
}
