import { join } from 'node:path';
import { ownText } from '../../config/load.ts';
import { configFolder } from '../../config/places.ts';
import type { Keymap } from '../../keys/keymap.ts';
import { loadKeymap, type PresetName } from '../../keys/load.ts';
import { configFiles } from '../disk.ts';

/** The keymap of the configuration with the operator's own `keys.yaml` over it. */
export async function userKeymap(
	preset: PresetName,
	env: Readonly<Record<string, string | undefined>>,
): Promise<Keymap> {
	const file = join(configFolder(env), 'keys.yaml');
	const text = await ownText(configFiles, file);
	return loadKeymap(preset, text === undefined ? undefined : { text, file });
}
