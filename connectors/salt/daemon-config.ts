import { join } from 'node:path';
import { parseYaml } from '../../src/codec/yaml.ts';
import type { Files } from './files.ts';

/** The two daemons that have an event bus. */
export type Bus = 'master' | 'minion';

/** What a daemon's configuration says about its bus; absent keys have Salt's defaults. */
export type DaemonConfig = {
	readonly folder: string;
	/** `ipc_mode: tcp`: loopback ports instead of socket files. */
	readonly isTcp: boolean;
	readonly pubPort: number;
	readonly pullPort: number;
	readonly id?: string;
	/** How the names of a minion's sockets are made of its id: `sha256`. */
	readonly hash?: string;
};

export const defaultPorts = {
	master: { pub: 4512, pull: 4513 },
	minion: { pub: 4510, pull: 4511 },
} as const;

const configFolder = '/etc/salt';

/** Reads `/etc/salt/master` or `minion` and the `.d` folder beside it, as far as this user may. */
export async function daemonConfig(bus: Bus, files: Files): Promise<DaemonConfig> {
	const keys = await keysOf(bus, files);
	const text = (key: string) => (keys.has(key) ? String(keys.get(key)) : undefined);
	const port = (key: string, usual: number) => Number(keys.get(key) ?? usual);
	const id = bus === 'minion' ? (text('id') ?? (await storedId(files))) : undefined;
	const hash = text('hash_type');
	const prefix = bus === 'master' ? 'tcp_master' : 'tcp';
	return {
		folder: folderOf(text('sock_dir') ?? `/var/run/salt/${bus}`, text('root_dir') ?? '/'),
		isTcp: text('ipc_mode') === 'tcp',
		pubPort: port(`${prefix}_pub_port`, defaultPorts[bus].pub),
		pullPort: port(`${prefix}_pull_port`, defaultPorts[bus].pull),
		...(id === undefined ? {} : { id }),
		...(hash === undefined ? {} : { hash }),
	};
}

/** The top-level keys of all files, a later file over an earlier one, as Salt merges them. */
async function keysOf(bus: Bus, files: Files): Promise<ReadonlyMap<string, unknown>> {
	const extra = `${configFolder}/${bus}.d`;
	const names = (await files.list(extra)) ?? [];
	const included = names.filter((name) => name.endsWith('.conf')).sort();
	const keys = new Map<string, unknown>();
	for (const path of [`${configFolder}/${bus}`, ...included.map((name) => join(extra, name))]) {
		const text = await files.read(path);
		for (const [key, value] of entriesOf(text ?? '')) keys.set(key, value);
	}
	return keys;
}

function entriesOf(text: string): [string, unknown][] {
	try {
		const value = parseYaml(text);
		return typeof value === 'object' && value !== null ? Object.entries(value) : [];
	} catch {
		// Its own daemon judges the file; for us one that cannot be read says nothing.
		return [];
	}
}

async function storedId(files: Files): Promise<string | undefined> {
	return (await files.read(`${configFolder}/minion_id`))?.trim() || undefined;
}

/** Salt puts `root_dir` before a folder unless it stands there already. */
function folderOf(folder: string, root: string): string {
	const isInside = folder === root || folder.startsWith(join(root, '/'));
	return isInside ? folder : join(root, folder);
}
