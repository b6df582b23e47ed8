import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import type { Prompt } from '../state/prompt-state.ts';
import { filterInForce } from '../state/slices/filter.ts';
import { command } from './command.ts';

export const open = command({
	id: 'view.open',
	title: 'Saved views; a new name saves',
	contexts: ['events', 'detail', 'tags'],
	run: () => [{ type: 'views.wanted' }, { type: 'prompt.opened', kind: 'view', text: '' }],
});

/** The picked view is opened; a name that no view has saves what is looked at now. */
export function viewKept({ completions, picked, field }: Prompt, model: Model): readonly Message[] {
	const chosen = completions[picked]?.text;
	const view = model.views.find(({ name }) => name === chosen);
	if (view) return [{ type: 'view.taken', view }];
	const { timeFormat: time, list, filter } = model;
	const now = { filter: filterInForce(filter), time, isFolded: list.isFolded, isOwn: true };
	return [{ type: 'view.saved', view: { name: field.text.trim(), ...now } }];
}
