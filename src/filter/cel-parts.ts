import type { ASTNode } from '@marcbachmann/cel-js';
import { celEnvironment, Occasion } from './cel-environment.ts';

/** The conditions that a CEL expression asks all of: what stands between its outermost `&&`. Throws on what is no CEL. */
export function celParts(source: string): readonly string[] {
	const { ast } = celEnvironment(new Occasion()).parse(source);
	return conjuncts(ast).map(({ start, end }) => source.slice(start, end).trim());
}

function conjuncts(node: ASTNode): readonly ASTNode[] {
	return node.op === '&&' ? node.args.flatMap(conjuncts) : [node];
}
