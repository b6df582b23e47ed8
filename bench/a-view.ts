/** What a console of 40 rows asks for that follows what a filter lets through. */
export function aView(filter: string, id = 1) {
	return { type: 'view.wanted', id, filter, anchor: 'tail', isFolded: true, height: 40 } as const;
}
