import type { Anchor, ToEngine } from '../core/session.ts';
import { alerts } from './alerts.ts';
import type { Effect } from './effect.ts';
import { type Histories, historyNames } from './history.ts';
import type { Model } from './model.ts';
import { viewFilter } from './silence.ts';
import { runHere } from './slices/runs.ts';

/**
 * What the outside has to be asked because the model changed. Wishes follow from differences, not from keys: what
 * is wanted already is never asked for twice.
 */
export function wants(before: Model, after: Model): readonly Effect[] {
	if (before === after) return [];
	return [
		...[view, kept, opened, sought, tags, fired, output].flatMap((want) =>
			ask(want(before, after)),
		),
		...after.outbox.flatMap(ask),
		...saved(before.histories, after.histories),
		...savedFilter(before, after),
		...alerts(before, after),
	];
}

type Want = ToEngine | undefined;

function ask(message: Want): readonly Effect[] {
	return message ? [{ type: 'engine', message }] : [];
}

function view(before: Model, after: Model): Want {
	const { view: id, anchor, height, isFolded } = after.list;
	const old = before.list;
	const isSame = id === old.view && height === old.height && isFolded === old.isFolded;
	if ((isSame && isSameAnchor(anchor, old.anchor)) || height === 0) return undefined;
	return { type: 'view.wanted', id, filter: viewFilter(after), anchor, height, isFolded };
}

function isSameAnchor(one: Anchor, other: Anchor): boolean {
	if (one === 'tail' || other === 'tail') return one === other;
	return one.seq === other.seq && one.line === other.line;
}

function kept(before: Model, after: Model): Want {
	const seqs = keptSeqs(after);
	const old = keptSeqs(before);
	const isSame = seqs.length === old.length && seqs.every((seq, at) => seq === old[at]);
	return isSame ? undefined : { type: 'events.kept', seqs };
}

/** The events that must outlive the ring: selected, opened, marked. */
function keptSeqs({ list, detail }: Model): readonly number[] {
	const seqs = new Set(list.marks);
	if (list.selection !== 'tail') seqs.add(list.selection);
	if (detail.seq !== undefined) seqs.add(detail.seq);
	return [...seqs];
}

function opened(before: Model, { detail: { seq } }: Model): Want {
	return seq === undefined || seq === before.detail.seq ? undefined : { type: 'event.opened', seq };
}

function sought(before: Model, { seek }: Model): Want {
	if (!seek || seek.id === before.seek?.id) return undefined;
	const { id, filter, from, towards } = seek;
	return { type: 'row.sought', id, filter, from, towards };
}

function tags(before: Model, { tagQuery }: Model): Want {
	if (!tagQuery || tagQuery.id === before.tagQuery?.id) return undefined;
	return { type: 'tags.wanted', ...tagQuery };
}

function fired(before: Model, { fire: { firing } }: Model): Want {
	if (!firing || firing.id === before.fire.firing?.id) return undefined;
	const { id, source, event, forward } = firing;
	return { type: 'fired', id, source, events: [event], forward };
}

/** Of the run under the hand all that it prints. */
function output(before: Model, after: Model): Want {
	const id = watchedRun(after);
	if (id === undefined || id === watchedRun(before)) return undefined;
	return { type: 'output.wanted', approval: id };
}

function watchedRun(model: Model): string | undefined {
	return model.screen === 'runs' ? runHere(model)?.id : undefined;
}

function saved(before: Histories, after: Histories): readonly Effect[] {
	return historyNames
		.filter((name) => before[name] !== after[name])
		.map((name) => ({ type: 'history.saved', name, entries: after[name] }));
}

function savedFilter(before: Model, after: Model): readonly Effect[] {
	const { text } = after.filter;
	return text === before.filter.text ? [] : [{ type: 'filter.saved', text }];
}
