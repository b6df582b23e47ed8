import type { SourceState } from '../core/session.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { sourceLine } from '../state/slices/sources.ts';
import { command } from './command.ts';

const onSource = (
	id: string,
	title: string,
	hint: string,
	run: (source: SourceState) => readonly Message[],
) =>
	command({
		id,
		title,
		hint,
		contexts: ['sources'],
		blocked: (model) => (sourceHere(model) ? undefined : 'no source is here'),
		run: (model) => {
			const source = sourceHere(model);
			return source ? run(source) : [];
		},
	});

function sourceHere(model: Model): SourceState | undefined {
	if (model.screen !== 'sources') return undefined;
	return model.counts?.sources[sourceLine(model)];
}

export const reconnect = onSource('source.reconnect', 'Connect anew', 'reconnect', ({ name }) => [
	{ type: 'source.reconnected', source: name },
	{ type: 'noticed', tone: 'muted', text: `${name}: connecting anew` },
]);

export const pause = onSource(
	'source.pause',
	'Pause, or let it go on',
	'pause',
	({ name, isPaused }) => [{ type: 'source.paused', source: name, isPaused: !isPaused }],
);
