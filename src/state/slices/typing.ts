import { tagCompletions, tagPrefixAt } from '../complete.ts';
import { topOverlay } from '../contexts.ts';
import { edited, type Field, fieldOf, recalled, searched } from '../field.ts';
import type { HistoryName } from '../history.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { Overlay } from '../overlay.ts';
import type { Prompt } from '../prompt-state.ts';

/** The innermost field under the operator's hands, and what the prompt offers for it. */
export function typing(model: Model, message: Message): Model {
	switch (message.type) {
		case 'field.typed':
			return withField(model, (field) => edited(field, message.edit));
		case 'field.recalled':
			return withField(model, (field, history) => recalled(field, history, message.by));
		case 'field.searched':
			return withField(model, searched);
		case 'field.edited':
			return withField(model, (field) => ({ ...fieldOf(message.text), killed: field.killed }));
		case 'completion.picked':
			return withPicked(model, (picked) => Math.max(0, picked + message.by));
		case 'completion.taken':
			return taken(model);
		case 'tags':
			return tagged(model, message);
		case 'completion.closed':
			return withPrompt(model, (prompt) => ({ ...prompt, completions: [] }));
		default:
			return model;
	}
}

/** The field that takes what is typed, if there is one. */
export function fieldInFocus(model: Model): Field | undefined {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'prompt') return overlay.prompt.field;
	if (overlay?.kind === 'help') return overlay.field;
	if (overlay?.kind === 'dialog') return overlay.at === 'buttons' ? undefined : overlay[overlay.at];
	if (overlay?.kind === 'edit') return overlay.at === 'params' ? overlay.params : undefined;
	if (overlay?.kind !== 'fire') return undefined;
	const { at } = model.fire;
	return at === 'tag' || at === 'data' ? model.fire[at] : undefined;
}

/** The same model with the innermost prompt changed; unchanged where there is none. */
export function withPrompt(model: Model, change: (prompt: Prompt) => Prompt): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'prompt') return model;
	return withTop(model, { kind: 'prompt', prompt: change(overlay.prompt) });
}

function withTop(model: Model, overlay: Overlay): Model {
	return { ...model, overlays: [...model.overlays.slice(0, -1), overlay] };
}

type Change = (field: Field, history: readonly string[]) => Field;

function withField(model: Model, change: Change): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'prompt')
		return withPrompt(model, (prompt) => typed(model, prompt, change));
	if (overlay?.kind === 'help')
		return withTop(model, { ...overlay, field: oneLine(change(overlay.field, [])), picked: 0 });
	if (overlay?.kind === 'dialog') return withDialogField(model, overlay, change);
	if (overlay?.kind === 'edit' && overlay.at === 'params')
		return withTop(model, { ...overlay, params: change(overlay.params, []) });
	return overlay?.kind === 'fire' ? withFireField(model, change) : model;
}

function typed(model: Model, prompt: Prompt, change: Change): Prompt {
	const field = oneLine(change(prompt.field, model.histories[prompt.kind]));
	return { ...prompt, field, isPristine: false, picked: 0 };
}

function withFireField(model: Model, change: Change): Model {
	const { fire } = model;
	if (fire.at !== 'tag' && fire.at !== 'data') return model;
	const name: HistoryName = fire.at;
	const field = change(fire[name], model.histories[name]);
	const kept = name === 'tag' ? oneLine(field) : field;
	return { ...model, fire: { ...fire, [name]: kept, picked: 0 } };
}

function withDialogField(
	model: Model,
	overlay: Extract<Overlay, { kind: 'dialog' }>,
	change: Change,
): Model {
	const { at } = overlay;
	if (at === 'buttons') return model;
	const history = at === 'reason' ? model.histories.reject : [];
	return withTop(model, { ...overlay, [at]: oneLine(change(overlay[at], history)) });
}

function withPicked(model: Model, change: (picked: number) => number): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'help')
		return withTop(model, { ...overlay, picked: change(overlay.picked) });
	if (overlay?.kind === 'fire')
		return { ...model, fire: { ...model.fire, picked: change(model.fire.picked) } };
	return withPrompt(model, (prompt) => ({ ...prompt, picked: change(prompt.picked) }));
}

function taken(model: Model): Model {
	if (topOverlay(model)?.kind === 'fire') {
		const tag = model.fire.completions[model.fire.picked]?.tag;
		return tag === undefined ? model : withFireField(model, () => fieldOf(tag));
	}
	return withPrompt(model, (prompt) => {
		const completion = prompt.completions[prompt.picked];
		if (!completion) return prompt;
		const { text, cursor } = completion;
		return { ...prompt, field: { ...prompt.field, text, cursor }, isPristine: false, picked: 0 };
	});
}

function tagged(model: Model, answer: Extract<Message, { type: 'tags' }>): Model {
	if (answer.id !== model.tagQuery?.id || tagPrefixAt(model) === undefined) return model;
	return withPrompt(model, (prompt) => ({
		...prompt,
		completions: tagCompletions(prompt.field, answer.tags),
	}));
}

/** A paste or an editor may bring line ends where a field has one line. */
function oneLine(field: Field): Field {
	if (!field.text.includes('\n')) return field;
	const text = field.text.trimEnd().replaceAll('\n', ' ');
	return { ...field, text, cursor: Math.min(field.cursor, text.length) };
}
