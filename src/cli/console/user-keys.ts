import { join } from 'node:path';
import { ownText } from '../../config/own-text.ts';
import { configFolder } from '../../config/places.ts';
import type { Keymap } from '../../keys/keymap.ts';
import { type KeysFile, loadKeymap, type PresetName } from '../../keys/load.ts';
import { configFiles } from '../disk.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The keymap of the configuration with the operator's own `keys.yaml` over it. */
export async function userKeymap(preset: PresetName, env: Env): Promise<Keymap> {
	return loadKeymap(preset, await userKeysFile(env));
}

/** The operator's own `keys.yaml`, or undefined where there is none. */
export async function userKeysFile(env: Env): Promise<KeysFile | undefined> {
	const file = join(configFolder(env), 'keys.yaml');
	const text = await ownText(configFiles, file);
	return text === undefined ? undefined : { text, file };
}
