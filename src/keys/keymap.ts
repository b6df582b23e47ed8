import type { Position } from '../codec/yaml.ts';
import type { Stroke } from '../core/stroke.ts';
import type { ContextName } from '../state/contexts.ts';

/** Where a binding was written. */
export type Origin = { readonly file: string } & Position;

export type Binding =
	| { readonly kind: 'command'; readonly id: string; readonly origin: Origin }
	| ({ readonly kind: 'group' } & Group)
	/** A difference takes the key away. */
	| { readonly kind: 'nothing'; readonly origin: Origin };

/** Keys that may come next, in the file's order. */
export type Group = {
	/** What the hint line calls it: `copy`. */
	readonly title: string;
	readonly keys: ReadonlyMap<Stroke, Binding>;
	readonly origin: Origin;
};

/** What every key does, per context. */
export type Keymap = ReadonlyMap<ContextName, Group>;

/** What strokes lead to, the innermost context first; undefined where they lead nowhere. */
export function bindingOf(
	keymap: Keymap,
	contexts: readonly ContextName[],
	strokes: readonly Stroke[],
): Exclude<Binding, { kind: 'nothing' }> | undefined {
	for (const context of contexts) {
		const binding = within(keymap.get(context), strokes);
		if (binding && binding.kind !== 'nothing') return binding;
	}
	return undefined;
}

function within(group: Group | undefined, strokes: readonly Stroke[]): Binding | undefined {
	const [first, ...rest] = strokes;
	const binding = first === undefined ? undefined : group?.keys.get(first);
	if (rest.length === 0) return binding;
	return binding?.kind === 'group' ? within(binding, rest) : undefined;
}

/** The keymap with a difference laid over it: what it names is replaced, what it unbinds is gone. */
export function overlaid(base: Keymap, difference: Keymap): Keymap {
	const names = new Set([...base.keys(), ...difference.keys()]);
	return new Map(
		[...names].flatMap((name) => {
			const [under, over] = [base.get(name), difference.get(name)];
			const group = under && over ? merged(under, over) : (under ?? over);
			return group ? [[name, group] as const] : [];
		}),
	);
}

function merged(under: Group, over: Group): Group {
	const keys = new Map(under.keys);
	for (const [stroke, binding] of over.keys) {
		const old = keys.get(stroke);
		if (binding.kind === 'nothing') keys.delete(stroke);
		else if (binding.kind === 'group' && old?.kind === 'group') {
			keys.set(stroke, { kind: 'group', ...merged(old, binding) });
		} else keys.set(stroke, binding);
	}
	return { ...under, title: over.title || under.title, keys };
}

/** Every command a keymap binds, with its context and the strokes that lead to it, in file order. */
export function boundCommands(keymap: Keymap) {
	return [...keymap].flatMap(([context, group]) =>
		leaves(group, []).map((leaf) => ({ context, ...leaf })),
	);
}

type Leaf = { readonly strokes: readonly Stroke[]; readonly id: string; readonly origin: Origin };

function leaves({ keys }: Group, before: readonly Stroke[]): readonly Leaf[] {
	return [...keys].flatMap(([stroke, binding]) => {
		const strokes = [...before, stroke];
		if (binding.kind === 'group') return leaves(binding, strokes);
		return binding.kind === 'command' ? [{ ...binding, strokes }] : [];
	});
}
