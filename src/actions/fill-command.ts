import { basename } from 'node:path';
import { Failure } from '../core/errors.ts';
import type { AllowedCommand } from './host-settings.ts';
import { parseNetwork } from './openings.ts';

type Param = AllowedCommand['params'][string];

/** No blank, no glob, no quote, and no `@` that would name a file. */
const word = /^[\w.:+,%=/-][\w.:+,%=/@-]{0,254}$/u;
const number = /^-?(?:0|[1-9][0-9]{0,15})$/u;
const pid = /^[1-9][0-9]{0,9}$/u;
/** What runs its words as another, or as a script: no value of an event is among them. */
const bearers = /^(?:sudo|doas|su|runuser|pkexec|run0|env|xargs|eval|(?:ba|da|z|k|c|tc|fi)?sh)$/u;

/**
 * The words of an allowed command, with values where it names parameters. A value is one word, whatever it holds, and
 * of its parameter's type; one that begins with a dash stands only behind a `--`, and none is given to what runs its
 * words as another or as a script. Throws a Failure for any other.
 */
export function fillCommand(
	{ argv, params }: AllowedCommand,
	values: Readonly<Record<string, string>>,
): readonly string[] {
	for (const name of Object.keys(values)) {
		if (!Object.hasOwn(params, name)) throw wrong(name, 'the command has no such parameter');
	}
	return argv.map((part, index) => {
		const name = /^\{([\w.-]+)\}$/u.exec(part)?.[1];
		if (name === undefined) return part;
		const param = Object.hasOwn(params, name) ? params[name] : undefined;
		if (!param) throw wrong(name, 'the configuration gives it no type');
		const bearer = argv.slice(0, index).find((before) => bearers.test(basename(before)));
		if (bearer !== undefined) throw wrong(name, `no value is handed to ${bearer}`);
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value === undefined) throw wrong(name, 'it has no value');
		if (value.startsWith('-') && !argv.slice(0, index).includes('--')) {
			throw wrong(name, `${value} begins with a dash, which the program would take for an option`);
		}
		return checked(name, value, param);
	});
}

function checked(name: string, value: string, { type, oneOf }: Param): string {
	if (oneOf && !oneOf.includes(value)) throw wrong(name, `${value} is none of ${oneOf.join(', ')}`);
	if (type === 'address') return parseNetwork(value);
	if (type === 'word' && word.test(value)) return value;
	if (type === 'number' && number.test(value)) return value;
	if (type === 'pid' && pid.test(value) && Number(value) > 1) return value;
	throw wrong(name, `${value} is no ${type}`);
}

function wrong(name: string, why: string): Failure {
	return new Failure('usage', `host.run-command: ${name}: ${why}`);
}
