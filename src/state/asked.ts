import { topOverlay } from './contexts.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import { fieldInFocus } from './slices/typing.ts';

/** What the operator asked of the outside, in so many words. */
export function asked(model: Model, message: Message): readonly Effect[] {
	switch (message.type) {
		case 'text.copied':
			return [{ type: 'copy', text: message.text, what: message.what }];
		case 'text.paged':
			return [{ type: 'pager', title: message.title, text: message.text }];
		case 'views.wanted':
			return [{ type: 'views' }];
		case 'view.saved':
			return [{ type: 'view.saved', view: message.view }];
		case 'editor.wanted':
			return editor(model);
		case 'source.paused':
		case 'source.reconnected':
		case 'approved':
		case 'rejected':
		case 'snoozed':
		case 'settled':
		case 'run.stopped':
		case 'run.killed':
		case 'taken-back':
			return [{ type: 'engine', message }];
		case 'terminal.paced': {
			const { windowsPerSecond } = message;
			return [{ type: 'engine', message: { type: 'pace.wanted', windowsPerSecond } }];
		}
		case 'screen.disturbed':
			return [{ type: 'repaint' }];
		case 'console.suspended':
			return [{ type: 'suspend' }];
		case 'console.left':
			return [{ type: 'exit', code: message.code }];
		default:
			return [];
	}
}

function editor(model: Model): readonly Effect[] {
	const field = fieldInFocus(model);
	if (!field) return [];
	const isYaml = field === model.fire.data || topOverlay(model)?.kind === 'edit';
	const extension = isYaml ? 'yaml' : 'txt';
	return [{ type: 'edit', text: field.text, extension }];
}
