import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml } from '../codec/yaml.ts';
import type { Reactors } from '../engine/waking.ts';

/** The reactors that a Salt master's configuration names; undefined where it cannot be read from here. */
export async function saltReactors(folder = '/etc/salt'): Promise<Reactors | undefined> {
	const texts = await masterTexts(folder);
	if (texts === undefined) return undefined;
	try {
		return texts.flatMap((text) => reactorsIn(parseYaml(text)));
	} catch {
		// Salt reads more YAML than we do: what is not understood is said to be unknown.
		return undefined;
	}
}

/** `master`, then `master.d/*.conf`, as the master itself reads them. */
async function masterTexts(folder: string): Promise<readonly string[] | undefined> {
	const main = await textOf(join(folder, 'master'));
	if (main === undefined) return undefined;
	const extra = join(folder, 'master.d');
	const names = await readdir(extra).catch(() => []);
	const files = names.filter((name) => name.endsWith('.conf')).sort();
	const texts = await Promise.all(files.map((name) => textOf(join(extra, name))));
	return texts.includes(undefined)
		? undefined
		: [main, ...texts.filter((text) => text !== undefined)];
}

async function textOf(path: string): Promise<string | undefined> {
	return readFile(path, 'utf8').catch(() => undefined);
}

/** A list of maps, each of a tag's glob and the files it runs. */
function reactorsIn(config: unknown): Reactors {
	const list = member(config, 'reactor');
	if (!Array.isArray(list)) return [];
	return list.flatMap((entry: unknown) => {
		const pairs = typeof entry === 'object' && entry !== null ? Object.entries(entry) : [];
		return pairs.map(([tag, files]) => ({
			tag,
			files: Array.isArray(files) ? files.map(String) : [String(files)],
		}));
	});
}

function member(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
