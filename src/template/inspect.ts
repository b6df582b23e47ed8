import type { Node } from '@huggingface/jinja';
import { childrenOf, nodeAt, nodesAt, plainValue } from './node.ts';
import type { Path } from './path.ts';

/** What is known of a template before it meets an event. */
export type Inspection = {
	/** Parts that name a value by a fixed path: looked up as they are, without the library. */
	readonly paths: ReadonlyMap<Node, Path>;
	/** Parts that may be absent: under `default`, or before `is defined`. */
	readonly guarded: ReadonlySet<Node>;
	/** Parts whose size is paid for: what a filter, a loop or an `in` walks over. */
	readonly walked: ReadonlySet<Node>;
	/** Parts that become text. */
	readonly shown: ReadonlySet<Node>;
};

const statementTypes = ['If', 'For', 'Comment'];
const bodies = ['body', 'alternate', 'defaultBlock'];

export function inspect(program: Node): Inspection {
	const own = loopNames(program);
	const paths = new Map<Node, Path>();
	const guarded = new Set<Node>();
	const walked = new Set<Node>();
	const shown = new Set<Node>();
	const visit = (node: Node): void => {
		const path = pathOf(node, own);
		if (path !== undefined) paths.set(node, path);
		for (const part of guardedBy(node)) guarded.add(part);
		for (const part of walkedBy(node)) walked.add(part);
		for (const part of bodies.flatMap((name) => nodesAt(node, name))) {
			if (!statementTypes.includes(part.type)) shown.add(part);
		}
		for (const child of evaluatedOf(node)) visit(child);
	};
	visit(program);
	return { paths, guarded, walked, shown };
}

/** The parts of a node that are evaluated: not the names of members, filters, tests and arguments. */
function evaluatedOf(node: Node): readonly Node[] {
	const isComputed = Reflect.get(node, 'computed') === true;
	const names = [
		...(node.type === 'MemberExpression' && !isComputed ? ['property'] : []),
		...(node.type === 'FilterExpression' ? ['filter'] : []),
		...(node.type === 'TestExpression' ? ['test'] : []),
		...(node.type === 'KeywordArgumentExpression' ? ['key'] : []),
	].map((name) => nodeAt(node, name));
	const filter = node.type === 'FilterExpression' ? nodeAt(node, 'filter') : undefined;
	const args = filter === undefined ? [] : nodesAt(filter, 'args');
	return [...childrenOf(node).filter((child) => !names.includes(child)), ...args];
}

/** Names that loops give: `loop`, and the variables behind `for`. */
function loopNames(node: Node): readonly string[] {
	const inner = childrenOf(node).flatMap(loopNames);
	if (node.type !== 'For') return inner;
	const variable = nodeAt(node, 'loopvar');
	const names = variable === undefined ? [] : [variable, ...nodesAt(variable, 'value')];
	return ['loop', ...names.map((name) => String(plainValue(name))), ...inner];
}

const constants = ['true', 'false', 'none', 'True', 'False', 'None'];

function pathOf(node: Node, own: readonly string[]): Path | undefined {
	if (node.type === 'Identifier') {
		const name = String(plainValue(node));
		return own.includes(name) || constants.includes(name) ? undefined : [name];
	}
	if (node.type !== 'MemberExpression') return undefined;
	const object = nodeAt(node, 'object');
	const step = stepOf(node);
	const path = object && pathOf(object, own);
	return path === undefined || step === undefined ? undefined : [...path, step];
}

function stepOf(member: Node): string | number | undefined {
	const property = nodeAt(member, 'property');
	if (property === undefined) return undefined;
	const isFixed =
		Reflect.get(member, 'computed') !== true ||
		property.type === 'StringLiteral' ||
		property.type === 'IntegerLiteral';
	return isFixed ? plainValue(property) : undefined;
}

function guardedBy(node: Node): readonly Node[] {
	if (node.type === 'TestExpression') {
		const test = nodeAt(node, 'test');
		const isGuard = ['defined', 'undefined'].includes(String(test && plainValue(test)));
		return isGuard ? chain(nodeAt(node, 'operand')) : [];
	}
	return filterName(node) === 'default' ? chain(nodeAt(node, 'operand')) : [];
}

/** A guarded path is guarded at each of its steps. */
function chain(node: Node | undefined): readonly Node[] {
	if (node === undefined) return [];
	return [node, ...chain(nodeAt(node, node.type === 'FilterExpression' ? 'operand' : 'object'))];
}

function filterName(node: Node): unknown {
	const filter = node.type === 'FilterExpression' ? nodeAt(node, 'filter') : undefined;
	if (filter === undefined) return undefined;
	return plainValue(nodeAt(filter, 'callee') ?? filter);
}

function walkedBy(node: Node): readonly Node[] {
	const names: Readonly<Record<string, string>> = {
		FilterExpression: 'operand',
		For: 'iterable',
		BinaryExpression: 'right',
	};
	const part = nodeAt(node, names[node.type] ?? '');
	return part === undefined || filterName(node) === 'default' ? [] : [part];
}
