import type { DetailLine, Path, ValueLine } from './detail-line.ts';

/** How a value is laid out in lines. */
export type Layout = {
	readonly folds: ReadonlyMap<string, boolean>;
	/** Whether a container is folded where the operator did not say. */
	isFoldedAtFirst(value: object, depth: number): boolean;
	/** JSON ends its containers with a bracket of their own. */
	readonly hasClosings: boolean;
};

type Place = Pick<ValueLine, 'depth' | 'path' | 'key' | 'isItem' | 'isLast'> & {
	/** Names the folds below. */
	readonly name: string;
};

/** A value as lines, from the line of its own down. */
export function valueLines(value: unknown, place: Place, layout: Layout): DetailLine[] {
	const { name, ...where } = place;
	const children = childrenOf(value);
	if (children.length === 0) return [{ kind: 'value', ...where, value }];
	const isFolded = layout.folds.get(name) ?? layout.isFoldedAtFirst(Object(value), place.depth);
	const own: ValueLine = { kind: 'value', ...where, value, fold: name, isFolded };
	if (isFolded) return [own];
	return [own, ...childLines(value, place, layout), ...closing(value, place, layout)];
}

/** The lines of what a container holds, one step deeper; none for anything else. */
export function childLines(
	value: unknown,
	{ depth, path, name }: Pick<Place, 'depth' | 'path' | 'name'>,
	layout: Layout,
): DetailLine[] {
	const children = childrenOf(value);
	const isItem = Array.isArray(value);
	return children.flatMap(([key, child], index) => {
		const place: Place = {
			depth: depth + 1,
			...(path && { path: [...path, isItem ? index : String(key)] }),
			...(!isItem && { key }),
			isItem,
			isLast: index === children.length - 1,
			name: `${name}/${key}`,
		};
		return valueLines(child, place, layout);
	});
}

/** What a container holds, by key, which is no text everywhere; none for a scalar, bytes or an empty one. */
export function childrenOf(value: unknown): readonly (readonly [unknown, unknown])[] {
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
	if (value instanceof Map) return [...value];
	return Object.entries(value);
}

/** The path of `part` within `whole`, by identity, at most one step down. */
export function pathWithin(whole: unknown, part: unknown): Path | undefined {
	if (part === whole) return [];
	const found = childrenOf(whole).find(([, child]) => child === part && Object(part) === part);
	return found && [String(found[0])];
}

/** The path of what `whole` holds under this very name, itself or in one of its parts. */
export function pathOfEntry(whole: unknown, key: string, value: unknown): Path | undefined {
	const holds = (container: unknown) =>
		childrenOf(container).some(([name, child]) => name === key && child === value);
	if (holds(whole)) return [key];
	const found = childrenOf(whole).find(([, part]) => holds(part));
	return found && [String(found[0]), key];
}

function closing(value: unknown, { depth, isLast }: Place, layout: Layout): DetailLine[] {
	if (!layout.hasClosings) return [];
	return [{ kind: 'close', depth, bracket: Array.isArray(value) ? ']' : '}', isLast }];
}
