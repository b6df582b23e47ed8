/** The part of the library that this room uses: its own types cannot be found by their file names. */
declare module '@huggingface/jinja' {
	export type Token = { readonly type: string; readonly value: string };
	export type Node = { readonly type: string };
	export type RuntimeValue = { readonly type: string; readonly value: unknown };

	export class Environment {
		readonly variables: Map<string, RuntimeValue>;
		set(name: string, value: unknown): RuntimeValue;
	}

	export class Interpreter {
		readonly global: Environment;
		constructor(environment: Environment);
		evaluate(node: Node | undefined, environment: Environment): RuntimeValue;
	}

	export function tokenize(source: string): Token[];
	export function parse(tokens: readonly Token[]): Node;
}
