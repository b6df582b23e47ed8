import { displaced } from './displaced.ts';
import { type Keymap, overlaid } from './keymap.ts';
import type { Problem } from './problems.ts';
import { readKeymap } from './read-keymap.ts';
import { shippedKeymap } from './shipped.ts';

export const presetNames = ['default', 'vim', 'calm'] as const;
export type PresetName = (typeof presetNames)[number];

/** A keys.yaml as it was read: its text and the name errors give it. */
export type KeysFile = { readonly text: string; readonly file: string };

/** The keymap in force: the shipped one, a shipped difference, then the user's. Throws a Failure (`config`) with line and column. */
export function loadKeymap(preset: PresetName = 'default', user?: KeysFile): Keymap {
	const shipped = withPreset(preset);
	return user ? overlaid(shipped, readKeymap(user.text, user.file)) : shipped;
}

/** What a user's keys.yaml takes from the shipped keys, as sentences. Throws as loadKeymap does. */
export function takenBy(user: KeysFile, preset: PresetName): readonly Problem[] {
	return displaced(withPreset(preset), readKeymap(user.text, user.file));
}

function withPreset(preset: PresetName): Keymap {
	const base = shippedKeymap('default');
	return preset === 'default' ? base : overlaid(base, shippedKeymap(preset));
}
