import { focusOf, isDetailOpen, topOverlay } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model, ScreenName } from '../state/model.ts';
import { command } from './command.ts';

const toScreen = (id: string, title: string, screen: ScreenName) =>
	command({ id, title, run: () => [{ type: 'screen.chosen', screen }] });

export const live = toScreen('screen.live', 'The live list', 'live');
export const approvals = toScreen('screen.approvals', 'What waits for a yes', 'approvals');
export const runs = toScreen('screen.runs', 'What runs and what ran', 'runs');
export const audit = toScreen('screen.audit', 'What was done, by whom', 'audit');
export const rules = toScreen('screen.rules', 'The rules', 'rules');
export const sources = toScreen('screen.sources', 'The sources', 'sources');

export const palette = command({
	id: 'palette.open',
	title: 'Any command by its name',
	hint: 'cmd',
	run: () => [{ type: 'prompt.opened', kind: 'palette', text: '' }],
});

export const help = command({
	id: 'help.open',
	title: 'What the keys do here',
	hint: 'help',
	run: () => [{ type: 'help.opened' }],
});

/** Esc: one step back, and never out. */
export const back = command({
	id: 'console.back',
	title: 'One step back',
	hint: 'back',
	blocked: (model) =>
		stepBack(model) ? undefined : 'nothing is open to go back from; Esc never leaves',
	run: (model) => stepBack(model) ?? [],
});

export const quit = command({
	id: 'console.quit',
	title: 'Back; at the list: leave',
	hint: 'quit',
	run: (model) => stepBack(model) ?? [{ type: 'console.left', code: 0 }],
});

const anywhere = ['global', 'prompt', 'form', 'dialog', 'help', 'fields'] as const;
const interrupted = 130;

export const cancel = command({
	id: 'console.cancel',
	title: 'Cancel, or leave at once',
	contexts: anywhere,
	run: (model) => stepBack(model) ?? [{ type: 'console.left', code: interrupted }],
});

function stepBack(model: Model): readonly Message[] | undefined {
	if (topOverlay(model)) return [{ type: 'overlay.closed' }];
	if (focusOf(model) === 'tags') return [{ type: 'tags.toggled' }];
	if (model.isZoomed) return [{ type: 'zoom.toggled' }];
	if (model.screen !== 'live') return [{ type: 'screen.chosen', screen: 'live' }];
	return isDetailOpen(model) ? [{ type: 'detail.closed' }] : undefined;
}

export const suspend = command({
	id: 'console.suspend',
	title: 'To the shell (fg: back)',
	contexts: anywhere,
	run: () => [{ type: 'console.suspended' }],
});

export const repaint = command({
	id: 'console.repaint',
	title: 'Paint the screen anew',
	contexts: anywhere,
	run: () => [{ type: 'screen.disturbed' }],
});
