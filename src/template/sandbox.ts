import { Environment, Interpreter, type Node, type RuntimeValue } from '@huggingface/jinja';
import type { Inspection } from './inspect.ts';
import { type Lookup, printPath } from './path.ts';
import { sizeOf, toRuntime } from './values.ts';

const maxSteps = 10_000;
/** The most characters of anything a template makes. */
const maxOutput = 65_536;

const refused = [
	'Set',
	'Macro',
	'CallStatement',
	'FilterStatement',
	'CallExpression',
	'Break',
	'Continue',
];
/** Parts that make something new and may make it large. */
const makers = ['BinaryExpression', 'FilterExpression', 'If', 'For', 'Program'];

/** The library's interpreter, strict and bounded: every part of a template is evaluated through here. */
export class Sandbox extends Interpreter {
	readonly #inspection: Inspection;
	readonly #lookup: Lookup;
	#steps = 0;

	constructor(inspection: Inspection, lookup: Lookup) {
		super(bareEnvironment());
		this.#inspection = inspection;
		this.#lookup = lookup;
	}

	override evaluate(node: Node | undefined, environment: Environment): RuntimeValue {
		this.#spend(1);
		if (node === undefined) return super.evaluate(node, environment);
		if (refused.includes(node.type)) throw new Error('a template calls and sets nothing');
		const value = this.#valueOf(node, environment);
		this.#check(node, value);
		return value;
	}

	#valueOf(node: Node, environment: Environment): RuntimeValue {
		const path = this.#inspection.paths.get(node);
		if (path !== undefined) return toRuntime(this.#lookup(path));
		// The first of an empty list is no value at all; a built-in is a function of the library.
		const value: RuntimeValue | undefined = super.evaluate(node, environment);
		const isNothing = value === undefined || value.type === 'FunctionValue';
		return isNothing ? toRuntime(undefined) : value;
	}

	#check(node: Node, value: RuntimeValue): void {
		const { guarded, shown, walked, paths } = this.#inspection;
		const name = () => {
			const path = paths.get(node);
			return path === undefined ? 'what it names' : printPath(path);
		};
		if (value.type === 'UndefinedValue' && isNamed(node) && !guarded.has(node)) {
			throw new Error(`${name()} is not there`);
		}
		if (value.type === 'NullValue' && shown.has(node)) throw new Error(`${name()} is null`);
		if (walked.has(node) || shown.has(node)) this.#spend(sizeOf(value, maxSteps - this.#steps));
		const made: unknown = makers.includes(node.type) ? value.value : undefined;
		if (typeof made === 'string' && made.length > maxOutput) {
			throw new Error('it makes more than 64 KiB');
		}
	}

	#spend(steps: number): void {
		this.#steps += steps;
		if (this.#steps > maxSteps) throw new Error(`it takes more than ${maxSteps} steps`);
	}
}

/** Without range, namespace, strftime_now and raise_exception. */
function bareEnvironment(): Environment {
	const environment = new Environment();
	environment.variables.clear();
	for (const [name, value] of [
		['true', true],
		['false', false],
		['none', null],
	] as const) {
		environment.set(name, value);
		environment.set(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value);
	}
	return environment;
}

function isNamed(node: Node): boolean {
	return ['Identifier', 'MemberExpression', 'FilterExpression'].includes(node.type);
}
