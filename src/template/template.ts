import type { Node } from '@huggingface/jinja';
import { reasonOf } from '../core/errors.ts';
import { inspect } from './inspect.ts';
import { nodesAt } from './node.ts';
import { parseTemplate } from './parse.ts';
import type { Lookup, Path } from './path.ts';
import { Sandbox } from './sandbox.ts';
import { TemplateError } from './template-error.ts';
import { toNative } from './values.ts';

/** A text with holes, compiled once. */
export type Template = {
	/** The paths it reads, for whoever must know what it depends on. */
	readonly reads: readonly Path[];
	/**
	 * Its text; a template that is one whole expression gives that value in its own type, 64-bit integers as
	 * bigints. What it reads is data and never read as a template. Throws a TemplateError that names what is missing.
	 */
	fill(lookup: Lookup): unknown;
};

/** Throws a TemplateError with line and column on what cannot be read or may not be said. */
export function compileTemplate(source: string): Template {
	if (!/\{[{%#]/u.test(source)) return { reads: [], fill: () => source };
	const program = parseTemplate(source);
	const inspection = inspect(program);
	const whole = wholeExpression(program);
	return {
		reads: [...inspection.paths.values()],
		fill(lookup) {
			try {
				const sandbox = new Sandbox(inspection, lookup);
				const path = whole && inspection.paths.get(whole);
				const native = path && lookup(path);
				if (native !== undefined && !ArrayBuffer.isView(native)) return native;
				const value = toNative(sandbox.evaluate(whole ?? program, sandbox.global));
				if (value === undefined) throw new Error('it says nothing');
				return value;
			} catch (cause) {
				throw new TemplateError(source, undefined, reasonOf(cause), cause);
			}
		},
	};
}

function wholeExpression(program: Node): Node | undefined {
	const [only, ...others] = nodesAt(program, 'body');
	const isExpression = only && !['If', 'For', 'Comment', 'StringLiteral'].includes(only.type);
	return isExpression && others.length === 0 ? only : undefined;
}
