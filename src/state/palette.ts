import Fuse from 'fuse.js';
import type { Completion, Offer } from './prompt-state.ts';
import type { SavedView } from './saved-view.ts';

/** The commands a few letters may mean, the likeliest first; all of them while nothing is typed. */
export function paletteChoices(offers: readonly Offer[], text: string): readonly Completion[] {
	return matching(offers, text.trim()).map(({ id, title }) => ({
		text: id,
		cursor: id.length,
		label: title,
	}));
}

function matching(offers: readonly Offer[], text: string): readonly Offer[] {
	if (text === '') return offers;
	const fuse = new Fuse(offers, { keys: ['title', 'id'], threshold: 0.4, ignoreLocation: true });
	return fuse.search(text).map(({ item }) => item);
}

/** The saved views whose name a few letters may mean. */
export function viewChoices(views: readonly SavedView[], text: string): readonly Completion[] {
	const wanted = text.trim().toLowerCase();
	return views
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.map(({ name, filter, isOwn }) => ({
			text: name,
			cursor: name.length,
			label: isOwn ? name : `${name} (team)`,
			aside: filter === '' ? 'all events' : filter,
		}));
}
