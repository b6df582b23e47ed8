import { recordHere } from '../state/slices/audit.ts';
import { command } from './command.ts';

export const filter = command({
	id: 'audit.filter',
	title: 'Only records that hold…',
	hint: 'filter',
	contexts: ['audit'],
	run: ({ audit }) => [{ type: 'prompt.opened', kind: 'audit', text: audit.text }],
});

export const open = command({
	id: 'audit.open',
	title: 'The record alone, or the list too',
	hint: 'open',
	contexts: ['audit'],
	blocked: (model) => (recordHere(model) ? undefined : 'no record is here'),
	run: () => [{ type: 'zoom.toggled' }],
});
