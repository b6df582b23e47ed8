import type { Facet, TagBranch } from '../core/session.ts';
import { type Choice, type Chosen, choicesIn } from '../filter/choose.ts';
import type { Model } from './model.ts';
import { filterInForce } from './slices/filter.ts';

/** One line of the tag tree or of a facet. Labels are the senders' words. */
export type TagLine = {
	/** Stays the same while counts change: the hand and the folds go by it. */
	readonly name: string;
	readonly kind: 'branch' | 'facet' | 'value' | 'more';
	readonly depth: number;
	readonly label: string;
	readonly count?: number;
	/** Of the greatest count of its facet, 0 to 1. */
	readonly share?: number;
	/** Absent where there is nothing to fold. */
	readonly isFolded?: boolean;
	/** What a choice of the line filters by. */
	readonly chosen?: Chosen;
	readonly choice: Choice;
	/** Only the newest rows were counted. */
	readonly isPartial?: boolean;
};

/** A folded facet shows so many of its values. */
const fewValues = 3;

/** The tree's lines, then those of the facets, as far as they are unfolded. */
export function tagLines(model: Model): {
	readonly tree: readonly TagLine[];
	readonly facets: readonly TagLine[];
} {
	const { tags, facets, folds } = model.tags;
	const filter = filterInForce(model.filter);
	let choiceOf: ReturnType<typeof choicesIn> | undefined;
	const choose = (chosen: Chosen) => {
		choiceOf ??= choicesIn(filter);
		return { chosen, choice: choiceOf(chosen) };
	};
	return {
		tree: tags.flatMap((branch) => branchLines(branch, 0, { folds, choose })),
		facets: facets.flatMap((facet) => facetLines(facet, { folds, choose })),
	};
}

/** The same, one below the other. */
export function allTagLines(model: Model): readonly TagLine[] {
	const { tree, facets } = tagLines(model);
	return [...tree, ...facets];
}

/** The line under the hand. */
export function tagLineHere(
	model: Model,
	all: readonly TagLine[] = allTagLines(model),
): TagLine | undefined {
	return all.find(({ name }) => name === model.tags.cursor) ?? all[0];
}

type Look = {
	readonly folds: ReadonlyMap<string, boolean>;
	readonly choose: (chosen: Chosen) => Pick<TagLine, 'chosen' | 'choice'>;
};

function branchLines(branch: TagBranch, depth: number, look: Look): readonly TagLine[] {
	const { label, glob, count, children } = branch;
	const own = look.choose({ key: 'tag', value: glob });
	const line = {
		name: `tag ${glob} ${label}`,
		kind: 'branch',
		depth,
		label,
		count,
		...own,
	} as const;
	if (children.length === 0) return [line];
	const isFolded = look.folds.get(line.name) ?? depth > 0;
	const inner = isFolded ? [] : children.flatMap((child) => branchLines(child, depth + 1, look));
	return [{ ...line, isFolded }, ...inner];
}

function facetLines({ key, values, more, isComplete }: Facet, look: Look): readonly TagLine[] {
	const name = `facet ${key}`;
	const canFold = values.length > fewValues;
	const isFolded = canFold && (look.folds.get(name) ?? true);
	const isChosen = (value: string) => look.choose({ key, value }).choice !== 'any';
	const shown = values.filter(({ value }, at) => !isFolded || at < fewValues || isChosen(value));
	const most = Math.max(1, ...values.map(({ count }) => count));
	const rest = values.length - shown.length + more;
	const head = { name, kind: 'facet', depth: 0, label: key, choice: 'any' } as const;
	return [
		{ ...head, isPartial: !isComplete, ...(canFold && { isFolded }) },
		...shown.map(
			({ value, count }): TagLine => ({
				...{ name: `${name} ${value}`, kind: 'value', depth: 0, label: value, count },
				...look.choose({ key, value }),
				share: count / most,
			}),
		),
		...(rest > 0 ? [moreLine(name, rest)] : []),
	];
}

function moreLine(facet: string, count: number): TagLine {
	return { name: `${facet} …`, kind: 'more', depth: 0, label: `${count} more`, choice: 'any' };
}
