import type { TagBranch } from '../core/session.ts';
import { separatorOf } from './tag-shapes.ts';

/** A place with more values than this is folded: nobody reads on. */
const mostValues = 50;

type Node = { count: number; own: number; readonly children: Map<string, Node> };

/** The tree of tags by their shapes, each with how many rows have it; the most frequent first. */
export function tagTree(counts: Iterable<readonly [shape: string, count: number]>): TagBranch[] {
	const roots = { '/': newNode(), '.': newNode() };
	for (const [shape, count] of counts) {
		const separator = separatorOf(shape);
		insert(roots[separator], shape.split(separator), count);
	}
	const all = (['/', '.'] as const).flatMap((separator) => {
		return branches(folded(roots[separator]), { separator, path: '', label: '' });
	});
	return all.sort(byCount);
}

function newNode(): Node {
	return { count: 0, own: 0, children: new Map() };
}

function insert(root: Node, steps: readonly string[], count: number): void {
	let node = root;
	node.count += count;
	for (const step of steps) {
		const next = node.children.get(step) ?? newNode();
		node.children.set(step, next);
		node = next;
		node.count += count;
	}
	node.own += count;
}

function folded(node: Node): Node {
	const children = node.children.size > mostValues ? merged(node.children) : node.children;
	return {
		...node,
		children: new Map([...children].map(([step, child]) => [step, folded(child)])),
	};
}

function merged(children: ReadonlyMap<string, Node>): Map<string, Node> {
	const star = newNode();
	for (const child of children.values()) join(star, child);
	return new Map([['*', star]]);
}

function join(into: Node, from: Node): void {
	into.count += from.count;
	into.own += from.own;
	for (const [step, child] of from.children) {
		const known = into.children.get(step) ?? newNode();
		into.children.set(step, known);
		join(known, child);
	}
}

type Way = { readonly separator: '/' | '.'; readonly path: string; readonly label: string };

/** Whether a step is only the beginning of what stands below it. A step before a star of many ways is a place. */
function isWayOn(step: string, { own, children }: Node): boolean {
	if (own > 0) return false;
	const [next] = children;
	const isPlace = children.size !== 1 || (next?.[0] === '*' && next[1].children.size > 1);
	return step === '*' ? children.size > 0 : !isPlace;
}

/** What stands below a node: a step with one way on is drawn with it, a star with each of its ways. */
function branches(node: Node, way: Way): TagBranch[] {
	const all = [...node.children].flatMap(([step, child]) => {
		const path = way.path + escaped(step);
		const label = way.label + step;
		const on = { ...way, path: path + way.separator, label: label + way.separator };
		return isWayOn(step, child) ? branches(child, on) : [branch(child, { ...way, path, label })];
	});
	return all.sort(byCount);
}

function branch({ count, own, children }: Node, { separator, path, label }: Way): TagBranch {
	if (children.size === 0) return { label, glob: path, count, children: [] };
	const inner = branches(
		{ count, own, children },
		{ separator, path: path + separator, label: '' },
	);
	const itself = own > 0 ? [{ label: '(itself)', glob: path, count: own, children: [] }] : [];
	const glob = own > 0 ? `${path}*` : `${path}${separator}*`;
	return { label: label + separator, glob, count, children: [...itself, ...inner] };
}

/** A star stands for any id; whatever else means something in a pattern stood so in the tag. */
function escaped(step: string): string {
	return step === '*' ? step : step.replace(/[*?[]/g, '[$&]');
}

function byCount(one: TagBranch, other: TagBranch): number {
	return other.count - one.count || (one.label < other.label ? -1 : 1);
}
