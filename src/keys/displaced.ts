import { chainFrom } from './chains.ts';
import { bindingOf, boundCommands, type Keymap, overlaid } from './keymap.ts';
import type { Problem } from './problems.ts';
import { strokeName } from './stroke-name.ts';

/** What a difference takes from the keys it binds: each as a sentence that also says which keys still do it. */
export function displaced(base: Keymap, difference: Keymap): readonly Problem[] {
	const result = overlaid(base, difference);
	return boundCommands(difference).flatMap(({ context, strokes, id, origin }) => {
		const old = bindingOf(base, chainFrom(context), strokes);
		if (old?.kind !== 'command' || old.id === id) return [];
		const key = strokes.map(strokeName).join(' ');
		const text = `${context}: ${key} is ${id}, no longer ${old.id}; ${remains(result, old.id)}`;
		return [{ text, origin }];
	});
}

/** Where a command still is: `still on → (global)`. */
function remains(keymap: Keymap, id: string): string {
	const keys = boundCommands(keymap).filter((bound) => bound.id === id);
	if (keys.length === 0) return 'no key does that any more';
	const places = keys.map(({ context, strokes }) => {
		return `${strokes.map(strokeName).join(' ')} (${context})`;
	});
	return `still on ${places.join(', ')}`;
}
