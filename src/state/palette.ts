import Fuse from 'fuse.js';
import type { Completion, Offer } from './prompt-state.ts';

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
