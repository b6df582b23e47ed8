import { shellWord } from '../core/shell-words.ts';
import type { FireState } from '../state/fire-state.ts';

/** The command line that lists what a filter lets through. */
export function eventsCommandLine(filter: string): string {
	if (filter === '') return 'eventctl events';
	const guard = filter.startsWith('-') ? '-- ' : '';
	return `eventctl events ${guard}${shellWord(filter)}`;
}

/** The command line that fires the form's draft; the data come on its standard input. */
export function fireCommandLine({ tag, data, source, forward }: FireState): string {
	const bus =
		source === undefined ? '' : ` --bus ${shellWord(forward ? `${source},forward` : source)}`;
	const file = data.text.trim() === '' ? '' : ' -f -';
	return `eventctl fire ${shellWord(tag.text)}${file}${bus}`;
}
