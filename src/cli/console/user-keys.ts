import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configFolder } from '../../config/places.ts';
import { Failure, reasonOf, systemCode } from '../../core/errors.ts';
import type { Keymap } from '../../keys/keymap.ts';
import { loadKeymap, type PresetName } from '../../keys/load.ts';

/** The keymap of the configuration with the operator's own `keys.yaml` over it. */
export async function userKeymap(
	preset: PresetName,
	env: Readonly<Record<string, string | undefined>>,
): Promise<Keymap> {
	const file = join(configFolder(env), 'keys.yaml');
	const text = await textOf(file);
	return loadKeymap(preset, text === undefined ? undefined : { text, file });
}

async function textOf(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (cause) {
		if (systemCode(cause) === 'ENOENT') return undefined;
		throw new Failure('config', `${file}: cannot be read: ${reasonOf(cause)}`, { cause });
	}
}
