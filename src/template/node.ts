import type { Node } from '@huggingface/jinja';

/** The node under a name, where there is one. */
export function nodeAt(node: Node, name: string): Node | undefined {
	const value: unknown = Reflect.get(node, name);
	return isNode(value) ? value : undefined;
}

/** The nodes of a list under a name; none where there is no list. */
export function nodesAt(node: Node, name: string): readonly Node[] {
	const value: unknown = Reflect.get(node, name);
	return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text or number a node stands for: a literal's, a name's. */
export function plainValue(node: Node): string | number | undefined {
	const value: unknown = Reflect.get(node, 'value');
	return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Every node directly below. An operator is a token, not a node. */
export function childrenOf(node: Node): readonly Node[] {
	const parts = Object.entries(node).filter(([name]) => name !== 'operator');
	return parts.flatMap(([, part]) => nodesIn(part));
}

function nodesIn(value: unknown): readonly Node[] {
	if (Array.isArray(value)) return value.flatMap(nodesIn);
	if (value instanceof Map) return [...value].flat().flatMap(nodesIn);
	return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value;
}
