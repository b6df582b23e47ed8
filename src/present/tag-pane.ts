import { atMost, blank, cell, fit, type Line, padded } from './cell.ts';
import { titleRule } from './frame.ts';
import type { Area } from './layout.ts';
import { filled, linesUnderHand, widthOf } from './line.ts';
import { grouped } from './number.ts';
import { windowTop } from './window-top.ts';

/** A line of the tag tree or of a facet; the label is anybody's. */
type PaneLine = {
	readonly kind: 'branch' | 'facet' | 'value' | 'more';
	readonly depth: number;
	readonly label: string;
	readonly count?: number;
	readonly share?: number;
	readonly isFolded?: boolean;
	readonly choice: 'only' | 'not' | 'any';
	readonly isPartial?: boolean;
	readonly isUnderHand: boolean;
};

export type PaneFacts = {
	readonly tree: readonly PaneLine[];
	readonly facets: readonly PaneLine[];
	/** The keys that close it and that go from facet to facet. */
	readonly closeKey: string;
	readonly facetKeys: string;
};

/** From here on tree and facets stand beside each other. */
const ROOMY = 70;
const TREE_SHARE = 0.52;
const COUNT = 8;
const BAR = 10;
const BAR_FROM = 36;

/** The tree of tags and the facets in exactly `rows` lines, beside each other where there is room. */
export function tagPaneLines(facts: PaneFacts, { rows, columns }: Area): readonly Line[] {
	const { tree, facets } = facts;
	const treeTitle = { title: 'tags', key: facts.closeKey };
	const facetTitle = { title: 'facets', key: facts.facetKeys };
	if (columns >= ROOMY) {
		const left = Math.floor(columns * TREE_SHARE);
		const right = columns - left - 1;
		const one = partLines(tree, treeTitle, { rows, columns: left });
		const other = partLines(facets, facetTitle, { rows, columns: right });
		return one.map((line, row) => [...filled(line, left), blank(1), ...(other[row] ?? [])]);
	}
	const above = Math.max(3, Math.min(tree.length + 1, Math.floor(rows * TREE_SHARE)));
	return [
		...partLines(tree, treeTitle, { rows: above, columns }),
		...partLines(facets, facetTitle, { rows: rows - above, columns }),
	];
}

type Room = { readonly rows: number; readonly columns: number };

function partLines(
	lines: readonly PaneLine[],
	{ title, key }: { readonly title: string; readonly key: string },
	{ rows, columns }: Room,
): readonly Line[] {
	const hand = Math.max(
		0,
		lines.findIndex(({ isUnderHand }) => isUnderHand),
	);
	const top = windowTop(hand, lines.length, rows - 1);
	const shown = lines.slice(top, top + rows - 1).map((line) => lineOf(line, columns));
	const rest = Array.from({ length: Math.max(0, rows - 1 - shown.length) }, () => []);
	const head = titleRule([cell(title, 'accent')], [cell(key, 'muted')], columns);
	return [head, ...shown, ...rest];
}

function lineOf(line: PaneLine, columns: number): Line {
	const drawn = line.kind === 'facet' ? facetLine(line, columns) : countedLine(line, columns);
	return line.isUnderHand ? (linesUnderHand([drawn], columns)[0] ?? drawn) : drawn;
}

const choices = {
	only: { mark: '✓', tone: 'good' },
	not: { mark: '✗', tone: 'bad' },
	any: { mark: ' ', tone: 'plain' },
} as const;

function countedLine(
	{ label, depth, count, share, isFolded, choice, kind }: PaneLine,
	columns: number,
): Line {
	const { mark, tone } = choices[choice];
	const fold = isFolded === undefined ? ' ' : isFolded ? '▸' : '▾';
	const head = [blank(1), cell(mark, tone), blank(1 + depth * 2), cell(`${fold} `, 'muted')];
	const hasBar = share !== undefined && columns >= BAR_FROM;
	const room = columns - widthOf(head) - COUNT - (hasBar ? BAR + 1 : 0);
	const says = fit(label, Math.max(4, room), kind === 'more' ? 'muted' : tone);
	const number = padded(cell(count === undefined ? '' : grouped(count)), COUNT, 'end');
	const bar = hasBar ? [blank(1), cell('#'.repeat(Math.ceil(BAR * share)), 'muted')] : [];
	return [...head, ...says, ...number, ...bar];
}

/** The key of a facet; `≥` where only the newest rows were counted. */
function facetLine({ label, isFolded, isPartial }: PaneLine, columns: number): Line {
	const fold = isFolded === undefined ? ' ' : isFolded ? '▸' : '▾';
	const says = [blank(1), cell(`${fold} `, 'muted'), atMost(label, columns - 12, 'accent')];
	return isPartial ? [...says, cell(' ≥', 'muted')] : says;
}
