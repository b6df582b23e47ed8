import type { Json } from '../core/plan.ts';
import type { MinionOrder, RunnerOrder } from '../core/salt-tool.ts';

/** How the salt command is told what kind of target follows; globs are the default. */
const targetFlags = { glob: [], list: ['-L'], compound: ['-C'], grain: ['-G'], nodegroup: ['-N'] };

/**
 * An order as words behind `salt`. The command reads each argument as YAML and takes `name=…` for a keyword: what
 * is written here it reads back as exactly this value, and `--` keeps all of it from being an option.
 */
export function minionWords(order: MinionOrder, options: readonly string[] = []): string[] {
	const { target, targetType } = order;
	return [...targetFlags[targetType], ...options, '--', target, ...callWords(order)];
}

/** The same behind `salt-run`. */
export function runnerWords(order: RunnerOrder, options: readonly string[] = []): string[] {
	return [...options, '--', ...callWords(order)];
}

function callWords({ fun, args, kwargs }: RunnerOrder): string[] {
	const named = Object.entries(kwargs).map(([name, value]) => `${name}=${argument(value)}`);
	return [fun, ...args.map(argument), ...named];
}

const isPlainWord = /^[A-Za-z][A-Za-z.-]*$/u;
/** What YAML 1.1 reads as something else than itself. */
const isSpecialWord = /^(?:y|n|yes|no|on|off|true|false|null|none|inf|nan)$/iu;

function argument(value: Json): string {
	const isItself =
		typeof value === 'string' && isPlainWord.test(value) && !isSpecialWord.test(value);
	return isItself ? value : flow(value);
}

/** JSON is YAML, but for what the command does to the text first: `#` must not occur, nor anything beyond ASCII. */
function flow(value: Json): string {
	return JSON.stringify(value).replace(/[#\u007f]|[^\0-\u007f]/gu, escaped);
}

function escaped(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
