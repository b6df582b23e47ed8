import {
	type Environment,
	ParseError,
	type ParseResult,
	TypeError as TypeMismatch,
} from '@marcbachmann/cel-js';
import type { Decoded } from '../core/criterion.ts';
import { reasonOf } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { inspect, type Loop, type Refuse } from './cel-check.ts';
import { celContext, celEnvironment, Occasion, turn, variableNames } from './cel-environment.ts';
import { FilterError } from './filter-error.ts';
import type { Scope } from './refuse.ts';

/** The most characters of a CEL expression. */
const maxSource = 2048;

/**
 * A CEL expression as a test of an event. A missing key or a wrong type makes all of it false, and so does
 * a spent budget. `start` is where the source stands in the scope's text, for errors.
 */
export function celTest(source: string, start: number, scope: Scope): (event: Decoded) => boolean {
	const at = scope.text.indexOf(source, start);
	return compile(source, (offset, says, cause) => {
		return new FilterError(scope.text, at + offset, says, { cause });
	});
}

function compile(source: string, refuse: Refuse): (event: Decoded) => boolean {
	if (source === '') throw refuse(0, 'a CEL expression is missing behind =');
	if (source.length > maxSource) throw refuse(maxSource, `CEL has at most ${maxSource} characters`);
	const occasion = new Occasion();
	const environment = celEnvironment(occasion);
	const parsed = parse(environment, source, refuse);
	const loops = inspect(parsed.ast, refuse);
	checkTypes(parsed, refuse);
	const program = loops.length === 0 ? parsed : environment.parse(metered(source, loops));
	return (event) => {
		occasion.begin(event);
		return isTrue(program, event) && !occasion.isSpent;
	};
}

function isTrue(program: ParseResult, event: Decoded): boolean {
	try {
		return program(celContext(event)) === true;
	} catch {
		// Whatever an expression stumbles on in an event, the event is not what it describes.
		return false;
	}
}

function parse(environment: Environment, source: string, refuse: Refuse): ParseResult {
	try {
		return environment.parse(source);
	} catch (thrown) {
		throw refusal(thrown, refuse);
	}
}

function checkTypes(parsed: ParseResult, refuse: Refuse): void {
	const { valid, type, error } = parsed.check();
	if (!valid) throw refusal(error, refuse);
	if (type !== 'bool' && type !== 'dyn') throw refuse(0, `this says ${type}, not true or false`);
}

function refusal(thrown: unknown, refuse: Refuse): Error {
	if (!(thrown instanceof ParseError || thrown instanceof TypeMismatch)) {
		return refuse(0, reasonOf(thrown), thrown);
	}
	const unknown = /^Unknown variable: (.*)$/u.exec(thrown.summary)?.[1];
	const says =
		unknown === undefined
			? thrown.summary
			: `CEL knows no ${unknown}${didYouMean(unknown, variableNames)}`;
	return refuse(thrown.range?.start ?? 0, says, thrown);
}

/** The source with a look at the budget at the start of each loop's body. */
function metered(source: string, loops: readonly Loop[]): string {
	const inserts = loops.flatMap(({ start, end, depth }) => [
		{ at: start, text: ` ${turn}(${depth}) && (` },
		{ at: end, text: ')' },
	]);
	inserts.sort((a, b) => b.at - a.at);
	return inserts.reduce(
		(text, { at, text: more }) => text.slice(0, at) + more + text.slice(at),
		source,
	);
}
