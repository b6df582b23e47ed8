import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadViews, viewsFolder, viewText } from '../../config/views.ts';
import { Failure } from '../../core/errors.ts';
import type { SavedView } from '../../state/saved-view.ts';
import { configFiles } from '../disk.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type SavedViews = {
	readonly views: readonly SavedView[];
	/** What is wrong with those that could not be read. */
	readonly problems: readonly string[];
};

/** The views that can be opened. */
export async function savedViews(env: Env): Promise<SavedViews> {
	const { views, problems } = await loadViews(env, configFiles);
	const saved = views.map(({ name, filter, time, folded, isOwn }) => ({
		...{ name, filter, isOwn },
		...(time && { time }),
		...(folded !== undefined && { isFolded: folded }),
	}));
	return { views: saved, problems };
}

/** The view of that name. Throws a Failure (`usage`) where there is none. */
export async function savedView(name: string, env: Env): Promise<SavedView> {
	const { views } = await savedViews(env);
	const view = views.find((one) => one.name === name);
	if (view) return view;
	const names = views.map((one) => one.name).join(', ') || 'none';
	throw new Failure('usage', `--view ${name}: no view is called so; there are: ${names}`);
}

/** Writes a view where the next start finds it; under sudo nothing is written to the caller's home. */
export async function saveView(
	{ name, filter, time, isFolded }: SavedView,
	env: Env,
): Promise<void> {
	if (env['SUDO_USER'] !== undefined) {
		throw new Failure('usage', 'under sudo no view is written: save it as yourself');
	}
	const folder = viewsFolder(env);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, `${name}.yaml`);
	const draft = `${path}.${process.pid}`;
	const folded = isFolded === undefined ? {} : { folded: isFolded };
	await writeFile(draft, viewText({ filter, ...(time && { time }), ...folded }), { mode: 0o600 });
	await rename(draft, path);
}
