import { Environment } from '@marcbachmann/cel-js';
import type { Decoded } from '../core/criterion.ts';
import { equalTo, type Order, ordered, textOf } from './compare.ts';
import { globTest, subjectTest } from './glob.ts';
import { lookupOf } from './lookup.ts';
import { regexTest } from './regex.ts';
import { wordTest } from './word.ts';

/** What one evaluation may cost: enough for one loop over the longest list, a second or so of the worst in loops. */
const budget = 12_000_000;

/** The event an expression is asked about now, and what is left of the budget. */
export class Occasion {
	event: Decoded | undefined;
	#left = 0;

	begin(event: Decoded): void {
		this.event = event;
		this.#left = budget;
	}

	/** Takes from the budget; false once it is spent. */
	spend(cost: number): boolean {
		this.#left -= cost;
		return this.#left >= 0;
	}

	/** Pays for a loop's turn; what it may look at is as large as the event, and inner loops turn more often. */
	turn(depth: number): boolean {
		const size = this.event?.body.length ?? 0;
		return this.spend(1 + (size >> (depth > 1 ? 6 : 10)));
	}

	get isSpent(): boolean {
		return this.#left < 0;
	}
}

/** Variables that every event has, and those that a format may find. */
const variables: Readonly<Record<string, string>> = {
	tag: 'string',
	source: 'string',
	format: 'string',
	kind: 'string',
	severity: 'int',
	time: 'google.protobuf.Timestamp',
	data: 'dyn',
	fields: 'dyn',
	facts: 'dyn',
	who: 'string',
	summary: 'string',
	ids: 'list<string>',
	host: 'dyn',
	ns: 'dyn',
	pod: 'dyn',
	user: 'dyn',
	fun: 'dyn',
	jid: 'dyn',
	rc: 'dyn',
	rule: 'dyn',
};

export const variableNames = Object.keys(variables);

/** The function each loop's body asks first; not for people to write. */
export const turn = '__turn';

/** CEL with our variables and functions, and comparisons that mean what they mean in a field. */
export function celEnvironment(occasion: Occasion): Environment {
	const environment = new Environment({
		homogeneousAggregateLiterals: false,
		limits: { maxDepth: 64, maxListElements: 256, maxMapEntries: 256 },
	});
	for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
	registerFunctions(environment, occasion);
	registerComparisons(environment);
	return environment;
}

/** What an event answers for the variables; an absent one is left out, so that asking for it fails. */
export function celContext(event: Decoded): Record<string, unknown> {
	const { tag, source, format, kind, severity, data, facts } = event;
	return {
		...facts,
		tag,
		source,
		format,
		kind,
		severity: BigInt(severity),
		time: new Date(Number(event.time / 1_000_000n)),
		data,
		facts,
		fields: event.fields ?? Object.create(null),
	};
}

function registerFunctions(environment: Environment, occasion: Occasion): void {
	const globs = remembered(globTest);
	const subjects = remembered(subjectTest);
	const regexes = remembered(regexTest);
	const lookups = remembered(lookupOf);
	const words = remembered(wordTest);
	const ask = <T>(answer: (event: Decoded) => T, otherwise: T): T => {
		const { event } = occasion;
		return event !== undefined && occasion.spend(event.body.length >> 6)
			? answer(event)
			: otherwise;
	};
	const bodyText = ({ body }: Decoded) => new TextDecoder().decode(body);
	const onText = (value: unknown, test: (text: string) => boolean) => {
		const text = textOf(value);
		return text !== undefined && occasion.spend(text.length >> 1) && test(text);
	};
	environment
		.registerFunction('glob(dyn, string): bool', (value, glob) => onText(value, globs(glob)))
		.registerFunction('re(dyn, string): bool', (value, regex) => onText(value, regexes(regex)))
		.registerFunction('re(string): bool', (regex) => {
			const test = regexes(regex);
			return ask((event) => test(event.tag) || test(bodyText(event)), false);
		})
		.registerFunction('subject(string): bool', (pattern) =>
			ask(({ isTransportTag, tag }) => isTransportTag && subjects(pattern)(tag), false),
		)
		.registerFunction('text(string): bool', (word) =>
			ask(({ tag, body }) => words(word)(tag, body), false),
		)
		.registerFunction('text(): string', () => ask(bodyText, ''))
		.registerFunction('path(string): list<dyn>', (key) => ask((event) => lookups(key)(event), []))
		.registerFunction(`${turn}(int): bool`, (depth: bigint) => occasion.turn(Number(depth)));
}

const orders: readonly Order[] = ['<', '<=', '>', '>='];
const unordered = ['bool', 'null', 'bytes', 'list', 'map'];

/** Text that spells a number compares as one; what has no order is neither more nor less. */
function registerComparisons(environment: Environment): void {
	for (const number of ['int', 'double']) {
		environment.registerOperator(`string == ${number}`, (text, value) =>
			equalTo(String(value))(text),
		);
		for (const order of orders) {
			environment
				.registerOperator(`string ${order} ${number}`, (text, value) =>
					ordered(order, String(value))(text),
				)
				.registerOperator(`${number} ${order} string`, (value, text) =>
					ordered(order, text)(value),
				);
			for (const type of unordered) {
				environment.registerOperator(`${type} ${order} ${number}`, () => false);
			}
		}
	}
	environment
		.registerOperator('string == bool', (text, value) => text === String(value))
		.registerOperator('string == null', (text) => text === 'null');
	for (const order of orders) {
		for (const type of unordered)
			environment.registerOperator(`${type} ${order} string`, () => false);
	}
}

/** Made once per pattern: patterns are written in the expression, so there are few. */
function remembered<T>(make: (pattern: string) => T): (pattern: string) => T {
	const made = new Map<string, T>();
	return (pattern) => {
		const known = made.get(pattern) ?? make(pattern);
		made.set(pattern, known);
		return known;
	};
}
