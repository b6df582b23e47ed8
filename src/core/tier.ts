/** How far a deed reaches: 0 observes, 1 is ours and trivially undone, 2 has a tested inverse, 3 is irreversible, 4 needs a second person. */
export type Tier = 0 | 1 | 2 | 3 | 4;
