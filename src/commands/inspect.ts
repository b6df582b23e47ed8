import { printJson } from '../codec/json.ts';
import { printYaml } from '../codec/yaml.ts';
import type { Opened, Row } from '../core/session.ts';
import { focusOf, isDetailOpen } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { filterInForce } from '../state/slices/filter.ts';
import { command, onRow } from './command.ts';
import { eventsCommandLine } from './command-line.ts';
import { pickedField } from './field-of.ts';
import { hexDump } from './hex-dump.ts';

export const details = onRow({
	id: 'detail.open',
	title: 'The details of the event',
	hint: 'details',
	run: ({ seq }) => [{ type: 'detail.wanted', seq }],
});

export const closeDetails = command({
	id: 'detail.close',
	title: 'Close the details',
	contexts: ['detail'],
	blocked: (model) => (isDetailOpen(model) ? undefined : 'no details are open'),
	run: () => [{ type: 'detail.closed' }],
});

export const nextView = command({
	id: 'view.next',
	title: 'Pretty, YAML, JSON, raw',
	hint: 'view',
	contexts: ['detail'],
	blocked: (model) => (isDetailOpen(model) ? undefined : 'open the details first'),
	run: () => [{ type: 'detail.viewed', by: 1 }],
});

export const wrap = command({
	id: 'wrap.toggle',
	title: 'Wrap long lines',
	contexts: ['events', 'detail'],
	run: () => [{ type: 'detail.wrapped' }],
});

export const timeFormat = command({
	id: 'time.format',
	title: 'Local, UTC, relative time',
	run: () => [{ type: 'time.format.changed' }],
});

export const copyValue = command({
	id: 'copy.value',
	title: 'Copy the value',
	contexts: ['events', 'detail'],
	blocked: (model) => (pickedField(model) ? undefined : 'there is no single value here'),
	run: (model) => copied(pickedField(model)?.value, 'the value'),
});

export const copyTag = onRow({
	id: 'copy.tag',
	title: 'Copy the tag',
	blocked: (row) => ('tag' in row ? undefined : 'this row has no tag'),
	run: (row) => copied('tag' in row ? row.tag : undefined, 'the tag'),
});

export const copyId = onRow({
	id: 'copy.id',
	title: 'Copy the id',
	blocked: (row, model) => (idOf(row, model) === undefined ? notOpened : undefined),
	run: (row, model) => copied(idOf(row, model), 'the id'),
});

const notOpened = 'its data is not here yet: open the event first';

function idOf(row: Row, model: Model): string | undefined {
	return ('facts' in row ? row.facts.jid : undefined) ?? openedHere(row, model)?.ref;
}

export const copyJson = copying(
	'copy.json',
	'Copy the data as JSON',
	'the data as JSON',
	(opened) => printJson(opened.data, 2),
);
export const copyYaml = copying(
	'copy.yaml',
	'Copy the data as YAML',
	'the data as YAML',
	(opened) => printYaml(opened.data),
);

function copying(id: string, title: string, what: string, text: (opened: Opened) => string) {
	return onRow({
		id,
		title,
		blocked: (row, model) => (openedHere(row, model) ? undefined : notOpened),
		run: (row, model) => {
			const opened = openedHere(row, model);
			return copied(opened && text(opened), what);
		},
	});
}

export const copyCommand = command({
	id: 'copy.command',
	title: 'Copy as a command line',
	run: ({ filter }) => copied(eventsCommandLine(filterInForce(filter)), 'the command line'),
});

export const pager = onRow({
	id: 'pager.open',
	title: 'In the pager, as viewed',
	hint: 'pager',
	contexts: ['detail'],
	blocked: (row, model) => (openedHere(row, model) ? undefined : notOpened),
	run: (row, model) => {
		const opened = openedHere(row, model);
		if (!opened) return [];
		const title = 'tag' in row ? row.tag : `event ${row.seq}`;
		return [{ type: 'text.paged', title, text: paged(opened, model) }];
	},
});

function paged(opened: Opened, { detail: { mode } }: Model): string {
	if (mode === 'raw') return hexDump(opened.raw ?? new Uint8Array());
	return mode === 'json' ? printJson(opened.data, 2) : printYaml(opened.data);
}

/** The row's whole data, where the engine has sent it and it is still there. */
function openedHere(row: Row, { detail }: Model): Opened | undefined {
	const { opened } = detail;
	return opened?.seq === row.seq && opened.missing === undefined ? opened : undefined;
}

function copied(text: string | undefined, what: string): readonly Message[] {
	return text === undefined ? [] : [{ type: 'text.copied', text, what }];
}

export const nextPane = command({
	id: 'pane.next',
	title: 'The other pane',
	contexts: ['events', 'detail', 'runs'],
	blocked: (model) => {
		const hasMore = isDetailOpen(model) || model.tags.isOpen || model.screen === 'runs';
		return hasMore ? undefined : 'only the list is open';
	},
	run: () => [{ type: 'pane.changed' }],
});

export const zoom = command({
	id: 'zoom.toggle',
	title: 'This pane alone, or both',
	hint: 'zoom',
	contexts: ['detail'],
	blocked: (model) => (focusOf(model) === 'sources' ? 'this screen has one pane' : undefined),
	run: () => [{ type: 'zoom.toggled' }],
});
