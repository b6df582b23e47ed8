import { topOverlay } from '../contexts.ts';
import { fieldOf } from '../field.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { Overlay } from '../overlay.ts';
import type { Prompt, PromptKind } from '../prompt-state.ts';

/** What lies over the screen. Hears a message last, so that the others still see what it closes. */
export function overlays(model: Model, message: Message): Model {
	switch (message.type) {
		case 'prompt.opened':
			return opened(model, {
				kind: 'prompt',
				prompt: {
					...newPrompt(model, message.kind, message.text),
					...(message.about && { about: message.about }),
				},
			});
		case 'help.opened':
			return opened(model, { kind: 'help', field: fieldOf(''), picked: 0 });
		case 'fire.opened':
			return topOverlay(model)?.kind === 'fire' ? model : opened(model, { kind: 'fire' });
		case 'prompt.kept':
			return topOverlay(model)?.kind === 'prompt' ? closed(model) : model;
		case 'overlay.closed':
			return closed(model);
		default:
			return model;
	}
}

function opened(model: Model, overlay: Overlay): Model {
	return { ...model, overlays: [...model.overlays, overlay] };
}

function closed(model: Model): Model {
	return model.overlays.length === 0 ? model : { ...model, overlays: model.overlays.slice(0, -1) };
}

function newPrompt(model: Model, kind: PromptKind, text: string): Prompt {
	const { matched, rows = [] } = model.list.window ?? {};
	return {
		kind,
		field: fieldOf(text),
		isPristine: true,
		completions: [],
		picked: 0,
		rowsBefore: rows,
		...(matched !== undefined && { matchedBefore: matched }),
	};
}
