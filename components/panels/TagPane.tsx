import { cell } from '../../src/present/cell.ts';
import type { Area } from '../../src/present/layout.ts';
import { filled } from '../../src/present/line.ts';
import { tagPaneLines } from '../../src/present/tag-pane.ts';
import { focusOf } from '../../src/state/contexts.ts';
import { type TagLine, tagLineHere, tagLines } from '../../src/state/tag-lines.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** What there is and how much of it: tags as a tree, and the values of what events have in common. */
export function TagPane({ area }: Properties) {
	const model = useWhole();
	const keys = useKeys();
	const { tree, facets } = tagLines(model);
	const here =
		focusOf(model) === 'tags' ? tagLineHere(model, [...tree, ...facets])?.name : undefined;
	const marked = (line: TagLine) => ({ ...line, isUnderHand: line.name === here });
	const facts = {
		tree: tree.map(marked),
		facets: facets.map(marked),
		closeKey: keys.of('tags.toggle'),
		facetKeys: `${keys.of('facet.next')} ${keys.of('facet.previous')}`,
	};
	const isBeside = area.columns < model.size.columns;
	const columns = isBeside ? area.columns - 1 : area.columns;
	const lines = tagPaneLines(facts, { ...area, columns });
	const edged = lines.map((line) => [...filled(line, columns), cell('│', 'muted')]);
	return <Page area={area} lines={isBeside ? edged : lines} />;
}
