import type { ASTNode } from '@marcbachmann/cel-js';
import { reasonOf } from '../core/errors.ts';
import { turn } from './cel-environment.ts';
import { regexTest } from './regex.ts';

/** Makes the error for what is wrong at an offset of the source. */
export type Refuse = (offset: number, says: string, cause?: unknown) => Error;

/** A loop in the source: where its body begins and ends, and how many loops it stands in, itself included. */
export type Loop = { readonly start: number; readonly end: number; readonly depth: number };

/** How deep loops may stand in one another. */
const maxLoops = 3;
const loops = ['all', 'exists', 'exists_one', 'filter'];
/** Calls whose last argument is a pattern. */
const patterned = ['glob', 're', 'subject', 'text', 'path'];
const refused: Readonly<Record<string, string>> = {
	matches: 'matches may take for ever: write re(text, "pattern")',
	map: 'a condition needs no map: use exists, all or filter',
	bind: 'a condition needs no bind: write the expression out',
	[turn]: 'this name is not for people',
};

/** Throws at what an expression may not hold, and finds its loops, so that a budget can stand in each. */
export function inspect(ast: ASTNode, refuse: Refuse): readonly Loop[] {
	const found: Loop[] = [];
	const visit = (node: ASTNode, depth: number): void => {
		checkCall(node, refuse);
		const body = bodyOf(node, refuse);
		const inner = body === undefined ? depth : depth + 1;
		if (body !== undefined) found.push({ ...body, depth: inner });
		if (inner > maxLoops) throw refuse(node.start, `more than ${maxLoops} loops in one another`);
		for (const child of childrenOf(node)) visit(child, inner);
	};
	visit(ast, 0);
	return found;
}

function checkCall(node: ASTNode, refuse: Refuse): void {
	if (node.op !== 'call' && node.op !== 'rcall') return;
	const name = node.args[0];
	const says = Object.hasOwn(refused, name) ? refused[name] : undefined;
	if (says !== undefined) throw refuse(nameStart(node), says);
	if (node.op !== 'call' || !patterned.includes(name)) return;
	const pattern = node.args[1].at(-1);
	if (pattern === undefined) return;
	if (pattern.op !== 'value' || typeof pattern.args !== 'string') {
		throw refuse(pattern.start, `${name} needs its pattern in quotes`);
	}
	if (name === 're') checkRegex(pattern.args, pattern.start, refuse);
}

function checkRegex(source: string, start: number, refuse: Refuse): void {
	try {
		regexTest(source);
	} catch (thrown) {
		throw refuse(start, reasonOf(thrown), thrown);
	}
}

/** The name of a call behind its receiver. */
function nameStart(node: ASTNode): number {
	if (node.op !== 'rcall') return node.start;
	return node.input.indexOf(node.args[0], node.args[1].end);
}

/** `list.exists(v, body)`: the body is all from the comma to the call's end. */
function bodyOf(node: ASTNode, refuse: Refuse): Omit<Loop, 'depth'> | undefined {
	if (node.op !== 'rcall' || !loops.includes(node.args[0])) return undefined;
	const variable = node.args[2][0];
	const comma = /^\s*,/u.exec(node.input.slice(variable?.end ?? 0));
	if (variable === undefined || node.args[2].length !== 2 || comma === null) {
		throw refuse(nameStart(node), 'a loop takes its variable, a comma and a condition');
	}
	return { start: variable.end + comma[0].length, end: node.end - 1 };
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
	switch (node.op) {
		case 'value':
		case 'id':
			return [];
		case '.':
		case '.?':
			return [node.args[0]];
		case 'call':
			return node.args[1];
		case 'rcall':
			return [node.args[1], ...node.args[2]];
		case 'map':
			return node.args.flat();
		case '!_':
		case '-_':
			return [node.args];
		default:
			return node.args;
	}
}
