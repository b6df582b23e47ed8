import type { Command } from '../commands/command.ts';
import { isScreen } from '../commands/registry.ts';
import type { Stroke } from '../core/stroke.ts';
import type { ContextName } from '../state/contexts.ts';
import { chains } from './chains.ts';
import { boundCommands, type Keymap, type Origin } from './keymap.ts';
import { strokeName } from './stroke-name.ts';

export type Problem = { readonly text: string; readonly origin?: Origin };
type Commands = ReadonlyMap<string, Command>;
type Bound = ReturnType<typeof boundCommands>[number];

/** What is wrong with a keymap, each as a sentence with the place it was written at. */
export function problems(keymap: Keymap, commands: Commands): readonly Problem[] {
	const bound = boundCommands(keymap);
	return [
		...bound.flatMap((one) => oneProblem(one, commands)),
		...hidden(keymap),
		...unreached(bound, commands),
	];
}

function oneProblem(bound: Bound, commands: Commands): readonly Problem[] {
	const { context, strokes, id, origin } = bound;
	const order = commands.get(id);
	const keys = `${context}: ${written(strokes)}`;
	if (!order) return [{ text: `${keys}: there is no command ${id}`, origin }];
	const texts = [
		neverBound(strokes, keys),
		isAtHome(order, context) ? undefined : `${keys}: ${id} means nothing there`,
		order.tier > 0 ? forbidden(strokes, `${keys}: ${id} is T${order.tier}`) : undefined,
	];
	return texts.flatMap((text) => (text === undefined ? [] : [{ text, origin }]));
}

/** Terminals and line disciplines keep these for themselves, or send them for other keys. */
const never = new Set<Stroke>(['^s', '^q', '^h', '^i', '^j', '^m', '^[']);

function neverBound(strokes: readonly Stroke[], keys: string): string | undefined {
	const stroke = strokes.find((one) => never.has(one));
	return stroke && `${keys}: ${stroke} never reaches eventctl as itself`;
}

function isAtHome({ contexts }: Command, context: ContextName): boolean {
	if (contexts.includes(context)) return true;
	return isScreen(context) && contexts.some(isScreen);
}

/** What changes the world takes a lower-case letter: escape sequences that break end in all else. */
function forbidden(strokes: readonly Stroke[], what: string): string | undefined {
	const last = strokes.at(-1) ?? '';
	if (!/^[a-z]$/.test(last)) return `${what}: only a lower-case letter may do it`;
	return strokes.length === 1 && last === 'y' ? `${what}: a lone y never says yes` : undefined;
}

function hidden(keymap: Keymap): readonly Problem[] {
	const texts = new Map<string, Problem>();
	for (const chain of chains) {
		for (const [at, inner] of chain.entries()) {
			for (const outer of chain.slice(at + 1)) {
				for (const problem of hiddenBy(keymap, inner, outer)) texts.set(problem.text, problem);
			}
		}
	}
	return [...texts.values()];
}

function hiddenBy(keymap: Keymap, inner: ContextName, outer: ContextName): readonly Problem[] {
	return [...(keymap.get(outer)?.keys ?? [])].flatMap(([stroke, binding]) => {
		const over = keymap.get(inner)?.keys.get(stroke);
		if (binding.kind !== 'group' || !over || over.kind === 'nothing') return [];
		const [next = ''] = binding.keys.keys();
		const text = `${inner}: ${written([stroke])} hides ${written([stroke, next])}`;
		return [{ text, origin: over.origin }];
	});
}

/** Some terminals, multiplexers and hands cannot send these: another key has to do the same. */
const uncertain = /^(?:\^[ab]|f\d+|alt\+.*)$/;

function unreached(bound: readonly Bound[], commands: Commands): readonly Problem[] {
	const sure = bound.filter(({ strokes }) => !strokes.some((stroke) => uncertain.test(stroke)));
	const reached = new Set(sure.map(({ id }) => id));
	return [...commands.keys()]
		.filter((id) => !reached.has(id))
		.map((id) => ({ text: `no key that every terminal sends reaches ${id}` }));
}

function written(strokes: readonly Stroke[]): string {
	return strokes.map(strokeName).join(' ');
}
