import { join } from 'node:path';

/** The environment of a program whose home is this folder: whatever it keeps, it keeps there. */
export function ownHome(folder: string): NodeJS.ProcessEnv {
	return {
		...process.env,
		HOME: folder,
		XDG_CACHE_HOME: join(folder, '.cache'),
		XDG_CONFIG_HOME: join(folder, '.config'),
		XDG_DATA_HOME: join(folder, '.local/share'),
		XDG_STATE_HOME: join(folder, '.local/state'),
	};
}
